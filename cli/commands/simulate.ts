import { everyFault } from '../../testing/fault-dial.ts';
import type { JobBehaviours } from '../../testing/job-behaviour.ts';
import { type Simulation, simulate as simulateRun } from '../../testing/simulate.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../cli.ts';
import { CommandError, exitCodes } from '../command-error.ts';
import { findPipeline, openProject } from '../open-project.ts';
import { simulationLines, summarise } from '../simulation-summary.ts';
import { collect } from './run.ts';

type SimulateOptions = JsonOption & {
  readonly fail: readonly string[];
  readonly seconds: Readonly<Record<string, string>>;
  readonly param: Readonly<Record<string, string>>;
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
    .option('--fail <task...>', 'the jobs of these tasks fail', [])
    .option('-s, --seconds <task=seconds>', 'how long a task’s job takes; 60 s by default', collect, {})
    .option('-p, --param <name=value>', 'a parameter’s value', collect, {})
    .option('--faults', 'events are lost, calls fail, functions die: a bad day, another for each run')
    .option('--runs <number>', 'how many runs', '1')
    .option('--seed <number>', 'the same seed breaks the same things', '1')
    .action(async (name: string, options: SimulateOptions) => {
      const { pipeline } = findPipeline(await openProject(cli), name);
      const names = new Set(pipeline.tasks.map((task) => task.name));
      const jobs = behaviours(options, names);
      const [runs, seed] = [positive('--runs', options.runs), positive('--seed', options.seed)];
      const simulations: Simulation[] = [];
      for (let run = 0; run < runs; run++) {
        const faults = options.faults ? { faults: { ...everyFault, seed: seed + run } } : {};
        simulations.push(await simulateRun(pipeline, { jobs, params: options.param, seed: seed + run, ...faults }));
      }
      const summary = summarise(pipeline, simulations);
      if (options.json) printJson(cli, summary);
      else cli.terminal.out(simulationLines(summary).join('\n'));
    });
};

function behaviours({ fail, seconds }: SimulateOptions, names: ReadonlySet<string>): JobBehaviours {
  const unknown = [...fail, ...Object.keys(seconds)].filter((task) => !names.has(task));
  if (unknown.length > 0) {
    throw new CommandError(
      exitCodes.usage,
      `there is no task ${unknown.join(', ')}; there are ${[...names].join(', ')}`,
    );
  }
  return Object.fromEntries(
    [...names].map((task) => {
      const time = Object.hasOwn(seconds, task) ? { seconds: positive('--seconds', seconds[task] ?? '') } : {};
      return [task, { ...time, ...(fail.includes(task) ? { state: 'FAILED' as const } : {}) }];
    }),
  );
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new CommandError(exitCodes.usage, `${option} takes a number above 0, not ${text}`);
}
