import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { outputsRead } from '../../shared/pipeline/expressions/expressions-of.ts';
import { outputBytes, readOutput } from '../../shared/runs/task/read-output.ts';
import { used } from '../../shared/tasks/kinds.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { JobBehaviours } from '../../testing/job-behaviour.ts';
import { NotSimulated } from '../../testing/not-simulated.ts';
import { type Simulation, simulate as simulateRun } from '../../testing/simulate.ts';
import { findPipeline, type OpenProject, openProject } from '../open/open-project.ts';
import { pipelinesRunBy } from '../open/pipelines-run-by.ts';
import { simulationLines, summarise } from '../render/simulation-summary.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { collect } from '../terminal/collect.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { intervalFor, intervalHelp } from '../terminal/interval-option.ts';

type SimulateOptions = JsonOption & {
  readonly fail: readonly string[];
  readonly seconds: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, string>>;
  readonly param: Readonly<Record<string, string>>;
  readonly interval?: string;
  readonly faults?: true;
  readonly runs: string;
  readonly seed: string;
};

export const simulate: Register = (program, cli) => {
  addCommand(
    program,
    'simulate',
    'run a pipeline with simulated jobs, on a virtual clock',
    'simulate orders --fail load',
  )
    .argument('<pipeline>', 'its name')
    .option('--fail <task...>', 'let the jobs of these tasks fail', [])
    .option(
      '-s, --seconds <task=seconds>',
      'how long a task’s job takes; 60 s by default',
      collect('--seconds', 'TASK=SECONDS'),
      {},
    )
    .option('-o, --output <task=json>', 'the output of a task’s job', collect('--output', 'TASK=JSON'), {})
    .option('-p, --param <name=value>', 'a parameter’s value', collect('--param', 'NAME=VALUE'), {})
    .option('--interval <interval>', intervalHelp)
    .option('--faults', 'inject faults: lost events, failed calls, crashed functions; each run uses another seed')
    .option('--runs <number>', 'how many runs', '1')
    .option('--seed <number>', 'the same seed injects the same faults', '1')
    .action(async (name: string, options: SimulateOptions) => {
      const project = await openProject(cli);
      const { pipeline } = findPipeline(project, name);
      const { pools } = project;
      const others = othersOf(project, pipeline);
      const jobs = behaviours(options, [pipeline, ...others]);
      const interval = intervalFor(options.interval, pipeline);
      const [runs, seed] = [whole('--runs', options.runs), whole('--seed', options.seed)];
      const simulations: Simulation[] = [];
      for (let run = 0; run < runs; run++) {
        const faults = options.faults ? { faults: { ...everyFault, seed: seed + run } } : {};
        const settings = { jobs, pools, others, params: options.param, seed: seed + run, ...interval, ...faults };
        simulations.push(await simulateRun(pipeline, settings).catch(refuse));
      }
      const summary = summarise(pipeline, simulations);
      if (options.json) printJson(cli, summary);
      else cli.terminal.out(simulationLines(summary).join('\n'));
      for (const [reader, read] of outputsRead(pipeline)) {
        const missing = [...read].filter((task) => Object.hasOwn(jobs, task) && !Object.hasOwn(options.output, task));
        if (missing.length === 0) continue;
        const example = `--output '${missing[0]}={"rows": 1}'`;
        cli.terminal.err(
          `${reader} reads the output of ${missing.join(', ')}, which is not simulated: give ${example}`,
        );
      }
    });
};

/** A missing or wrong parameter is the caller's mistake. */
export function refuse(thrown: unknown): never {
  if (!(thrown instanceof NotSimulated)) throw thrown;
  throw new CommandError(
    exitCodes.usage,
    `${thrown.message}\n  give parameters with --param NAME=VALUE, and an interval with --interval START/END`,
  );
}

/** The pipelines that its tasks run. */
export function othersOf({ pipelines }: OpenProject, pipeline: Pipeline): readonly Pipeline[] {
  return pipelinesRunBy(
    pipeline,
    pipelines.map((each) => each.pipeline),
  );
}

/**
 * A task that runs another pipeline ends as its runs do, and has no behaviour of its own.
 *
 * @throws {CommandError} for an unknown task, or a value that cannot be read
 */
export function behaviours(
  { fail, seconds, output }: Pick<SimulateOptions, 'fail' | 'seconds' | 'output'>,
  pipelines: readonly Pipeline[],
): JobBehaviours {
  const tasks = pipelines.flatMap((pipeline) => pipeline.tasks);
  const names = new Set(tasks.filter((task) => used('pipeline', task).length === 0).map(({ name }) => name));
  const given = [...fail, ...Object.keys({ ...seconds, ...output })];
  const unknown = given.filter((task) => !names.has(task));
  const outer = tasks.find(({ name }) => unknown.includes(name));
  if (outer !== undefined) {
    throw new CommandError(
      exitCodes.usage,
      `${outer.name} ends as its runs of ${used('pipeline', outer).join(', ')} do: name one of ${[...names].join(', ')}`,
    );
  }
  if (unknown.length > 0) {
    throw new CommandError(
      exitCodes.usage,
      `there is no task ${unknown.join(', ')}; there are ${[...names].join(', ')}`,
    );
  }
  return Object.fromEntries(
    [...names].map((task) => {
      const time = Object.hasOwn(seconds, task) ? { seconds: positive('--seconds', seconds[task] ?? '') } : {};
      const given = Object.hasOwn(output, task) ? { output: outputOf(task, output[task] ?? '') } : {};
      return [task, { ...time, ...given, ...(fail.includes(task) ? { state: 'FAILED' as const } : {}) }];
    }),
  );
}

function outputOf(task: string, text: string): JsonObject {
  const value = readOutput({ size: Buffer.byteLength(text), text }, outputBytes);
  if (value.is === 'read' && isJsonObject(value.value)) return value.value;
  throw new CommandError(exitCodes.usage, `--output ${task} takes a JSON object, such as ${task}={"rows": 1}`);
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new CommandError(exitCodes.usage, `${option} takes a number above 0, not ${text}`);
}

function whole(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(exitCodes.usage, `${option} takes a whole number above 0, not ${text}`);
}
