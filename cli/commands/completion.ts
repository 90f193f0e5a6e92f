import type { Command } from 'commander';
import { readRun } from '../../shared/views/run/read-run.ts';
import { listRuns } from '../../shared/views/runs/list-runs.ts';
import { openLedger } from '../open/open-ledger.ts';
import { readPipelines } from '../open/open-project.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { completionScript, shells } from '../terminal/completion-script.ts';

const runsOffered = 50;

/** What the arguments of each command name, in their order. */
const placed: Readonly<Record<string, readonly ('pipeline' | 'run' | 'task')[]>> = {
  run: ['pipeline'],
  runs: ['pipeline'],
  graph: ['pipeline'],
  compile: ['pipeline'],
  simulate: ['pipeline'],
  schedule: ['pipeline'],
  waiting: ['pipeline'],
  pause: ['pipeline'],
  resume: ['pipeline'],
  show: ['run'],
  why: ['run', 'task'],
  logs: ['run', 'task'],
  stop: ['run'],
  rerun: ['run'],
  approve: ['run', 'task'],
  reject: ['run', 'task'],
  exec: ['pipeline', 'task'],
};

/** What the values of options name. */
const valued: Readonly<Record<string, 'pipeline' | 'run' | 'task'>> = {
  '--pipeline': 'pipeline',
  '--from': 'task',
  '--only': 'task',
  '--skip': 'task',
  '--succeeded': 'task',
  '--fail': 'task',
};

export const completion: Register = (program, cli) => {
  addCommand(
    program,
    'completion',
    'print what a shell needs to complete commands, pipelines, runs and tasks',
    'completion bash',
  )
    .argument('<shell>', shells.join(', '))
    .argument('[words...]', 'passed by the shell: the words after the name of the program')
    .action(async (shell: string, words: readonly string[], options: JsonOption) => {
      if (shell !== 'words') {
        const script = completionScript(shell);
        if (script === undefined)
          throw new CommandError(
            exitCodes.usage,
            `there is no completion for ${shell}; there is one for ${shells.join(', ')}`,
          );
        if (options.json) printJson(cli, { shell, script });
        else cli.terminal.out(script);
        return;
      }
      const found = await offered(program, cli.terminal, words).catch(() => []);
      const typed = words.at(-1) ?? '';
      for (const each of found) if (each.startsWith(typed)) cli.terminal.out(each);
    });
};

type Place = Parameters<typeof readPipelines>[0];

async function offered(program: Command, terminal: Place, words: readonly string[]): Promise<readonly string[]> {
  const [name = '', ...rest] = words;
  if (rest.length === 0) return program.commands.map((command) => command.name());
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) return [];
  const typed = rest.at(-1) ?? '';
  if (typed.startsWith('-')) return command.options.flatMap(({ long }) => long ?? []);
  const given = rest.slice(0, -1);
  const before = given.findLast((word) => word.startsWith('--'));
  const named = before === undefined ? undefined : valued[before];
  const at = argumentsOf(command, given);
  if (named !== undefined && (before === given.at(-1) || named === 'task')) return namesOf(terminal, named, at[0]);
  const kind = placed[name]?.[at.length];
  return kind === undefined ? [] : namesOf(terminal, kind, at[0]);
}

/** The arguments among the words, without options and their values. */
function argumentsOf(command: Command, words: readonly string[]): readonly string[] {
  return words.filter((word, index) => {
    const option = command.options.find(({ long, short }) => [long, short].includes(words[index - 1]));
    return !word.startsWith('-') && !(option?.required === true);
  });
}

/** @param of for tasks: their run or pipeline */
async function namesOf(terminal: Place, kind: 'pipeline' | 'run' | 'task', of: string | undefined): Promise<string[]> {
  const { home, pipelines } = await readPipelines(terminal);
  if (kind === 'pipeline') return pipelines.map(({ name }) => name);
  const pipeline = pipelines.find(({ name }) => name === of);
  if (kind === 'task' && pipeline !== undefined) return pipeline.tasks.map(({ name }) => name);
  const open = openLedger(home);
  if (open === undefined) return kind === 'run' ? [] : pipelines.flatMap(({ tasks }) => tasks.map(({ name }) => name));
  try {
    const { runs } = await listRuns(open.ledger, { limit: runsOffered });
    if (kind === 'run') return ['latest', ...runs.map(({ id }) => id)];
    const id = of === 'latest' ? runs[0]?.id : of;
    const view = id === undefined ? undefined : await readRun(open.ledger, id, pipelines);
    return view?.tasks.map(({ name }) => name) ?? [];
  } finally {
    open.close();
  }
}
