import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dashed } from '../../local/glue/glue-job.ts';
import { findGluePython } from '../../local/glue/processes/glue-python.ts';
import { localPath } from '../../local/glue/processes/job-command.ts';
import { prepareJob } from '../../local/glue/processes/prepare-job.ts';
import { bucketsIn } from '../../local/home/storage-root.ts';
import { readJobEndpoint } from '../../local/stack/job-endpoint.ts';
import { present } from '../../shared/json.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { kindOf } from '../../shared/tasks/kinds.ts';
import { simulate } from '../../testing/simulate.ts';
import { findPipeline, type OpenProject, openProject } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { addCommand, assertHere, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { collect } from '../terminal/collect.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { intervalFor, intervalHelp } from '../terminal/interval-option.ts';
import { behaviours, othersOf, refuse } from './simulate.ts';

type ExecOptions = JsonOption & {
  readonly param: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, string>>;
  readonly interval?: string;
  readonly debug?: true;
};

export const exec: Register = (program, cli) => {
  addCommand(
    program,
    'exec',
    'run one task’s script in this terminal',
    'exec orders load --output \'extract={"rows": 1}\'',
  )
    .argument('<pipeline>', 'its name')
    .argument('<task>', 'the task')
    .option('-p, --param <name=value>', 'a parameter’s value', collect('--param', 'NAME=VALUE'), {})
    .option('-o, --output <task=json>', 'the output of an earlier task', collect('--output', 'TASK=JSON'), {})
    .option('--interval <interval>', intervalHelp)
    .option('--debug', 'run it in Python’s debugger, pdb')
    .action(async (name: string, task: string, options: ExecOptions) => {
      assertHere(cli, 'exec');
      const project = await openProject(cli);
      const job = jobOf(project, name, task);
      const given = await argumentsOf(project, name, task, options);
      const address = `s3://outputs/exec/${name}/${task}.json`;
      const args = { ...dashed(job.args), ...given, '--gluewright_output': address };
      const session = await openSession(project);
      try {
        const output = localPath(address, bucketsIn(project.home));
        rmSync(output, { force: true });
        const used = options.debug ? debugged(job, cli.terminal.env) : job;
        // With `--json`, standard output contains only the JSON.
        const code = await perform(project, used, args, options.json ? process.stderr.fd : 'inherit');
        const written = existsSync(output) ? readFileSync(output, 'utf8') : undefined;
        if (options.json) printJson(cli, { pipeline: name, task, exitCode: code, ...present({ output: written }) });
        else if (written !== undefined) cli.terminal.out(`output  ${written}`);
        if (code !== 0) throw new CommandError(exitCodes.failed, `${task} ended with exit code ${code}`);
      } finally {
        await session.close();
      }
    });
};

function jobOf(project: OpenProject, name: string, task: string): Job {
  const { pipeline } = findPipeline(project, name);
  const found = pipeline.tasks.find((one) => one.name === task);
  if (found === undefined) {
    const names = pipeline.tasks.map((one) => one.name).join(', ');
    throw new CommandError(exitCodes.notFound, `${name} has no task ${task}; it has ${names}`);
  }
  const [used] = kindOf(found.work.kind).uses(found.work);
  const job = used?.what === 'job' ? project.jobs[used.name] : undefined;
  if (job !== undefined) return job;
  throw new CommandError(
    exitCodes.notFound,
    `the job ${used?.name ?? ''} of the task ${task} is not in jobs/jobs.yml; \`exec\` runs described jobs only`,
  );
}

/** The input of the task's job in a run in which all earlier tasks succeed. */
async function argumentsOf(
  project: OpenProject,
  name: string,
  task: string,
  options: ExecOptions,
): Promise<Readonly<Record<string, string>>> {
  const { pipeline } = findPipeline(project, name);
  const others = othersOf(project, pipeline);
  const jobs = behaviours({ fail: [], seconds: {}, output: options.output }, [pipeline, ...others]);
  const interval = intervalFor(options.interval, pipeline);
  const settings = { jobs, others, params: options.param, start: new Date(), ...interval };
  const run = await simulate(pipeline, settings).catch(refuse);
  const [started] = run.tasks[task]?.jobRuns ?? [];
  if (started !== undefined) return started.arguments;
  const failed = Object.values(run.tasks).find(({ cause }) => cause !== undefined);
  const why = run.tasks[task]?.cause ?? failed?.cause ?? run.error ?? 'its `if` or `when` is not met';
  const hint = "give outputs of tasks before it with --output 'TASK={…}'";
  throw new CommandError(exitCodes.usage, `${task} would not start: ${why}\n  ${hint}`);
}

function debugged(job: Job, env: Readonly<Record<string, string | undefined>>): Job {
  const python = job.type === 'glueetl' ? findGluePython(job.glueVersion, env) : undefined;
  return { ...job, local: { ...job.local, command: [python ?? 'python3', '-m', 'pdb'] } };
}

/** @returns the script's exit code; 1 if a signal ended it */
async function perform(
  project: OpenProject,
  job: Job,
  args: Readonly<Record<string, string>>,
  out: 'inherit' | number,
): Promise<number> {
  const { root, home } = project;
  const endpoint = readJobEndpoint(home) ?? { url: '', key: '' };
  const folder = join(home, 'exec', job.name);
  mkdirSync(folder, { recursive: true });
  const run = { id: 'exec', job, arguments: args, ordinal: 1, launchedOn: 0 };
  const places = { home, root, buckets: bucketsIn(home), env: process.env, endpoint: () => endpoint };
  const prepared = prepareJob(run, folder, places);
  if (prepared === undefined) {
    throw new CommandError(exitCodes.usage, `the job ${job.name} has neither a script nor a command to run locally`);
  }
  const [program = '', ...words] = prepared.command;
  const child = spawn(program, words, { cwd: root, env: prepared.env, stdio: ['inherit', out, 'inherit'] });
  // Ctrl-C reaches the script, which shares the terminal
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
