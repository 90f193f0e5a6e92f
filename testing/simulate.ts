import type { Weight } from '../shared/asl/split.ts';
import type { JsonObject } from '../shared/json.ts';
import { present } from '../shared/json.ts';
import type { Interval, Pipeline } from '../shared/model/pipeline.ts';
import type { Outcomes } from '../shared/protocol/outcome.ts';
import { checkNames } from './check-names.ts';
import type { FaultSettings } from './fault-dial.ts';
import type { JobBehaviours } from './job-behaviour.ts';
import { NotSimulated } from './not-simulated.ts';
import { readSource } from './read-source.ts';
import type { SimulatedRun } from './simulated-run.ts';
import { type HistoryLine, openSimulator } from './simulator.ts';

export type SimulateOptions = {
  /** What the jobs do, by task. By default each takes a minute and succeeds. */
  readonly jobs?: JobBehaviours;
  /** What goes wrong on purpose. */
  readonly faults?: FaultSettings;
  /** Of all that is left to chance, the faults aside. */
  readonly seed?: number;
  /** The virtual time of the request. 2026-01-01 by default. */
  readonly start?: Date;
  readonly params?: JsonObject;
  readonly interval?: Interval;
  /** Outcomes of an earlier run: these tasks are passed by. */
  readonly keep?: Outcomes;
  /** How many runs a job may have at a time, by job. */
  readonly maxConcurrentRuns?: Readonly<Record<string, number>>;
  /** Objects that come to be, by address such as `s3://landing/a.csv`, and when: in seconds since the request. */
  readonly objects?: Readonly<Record<string, number>>;
  /** Somebody stops the run so many seconds after it was asked for. */
  readonly stopAfter?: number;
  /** What one state machine may take, to see a pipeline split. */
  readonly room?: Weight;
};

export type Simulation = SimulatedRun & {
  readonly history: readonly HistoryLine[];
  /** What the fault dial did, in words. */
  readonly faults: readonly string[];
};

/** The run has not come to its end within its deadline and a day: a bug of Gluewright. */
export class NeverEnded extends Error {
  override readonly name = 'NeverEnded';
}

const daySeconds = 86_400;

/**
 * Runs a pipeline once, with simulated jobs on a virtual clock.
 *
 * @param source a pipeline, or the path of a pipeline file
 * @throws {NotSimulated}
 * @throws {NeverEnded}
 */
export async function simulate(source: Pipeline | string, options: SimulateOptions = {}): Promise<Simulation> {
  const pipeline = await readSource(source);
  const { params, interval, keep, stopAfter, ...rest } = options;
  checkNames([pipeline], options);
  const simulator = await openSimulator([pipeline], rest);
  try {
    const answer = await simulator.startRun({
      pipeline: pipeline.name,
      cause: 'simulation',
      ...present({ params, interval, keep }),
    });
    if (answer.is === 'refused') throw new NotSimulated(answer.problems.join('; '));
    if (stopAfter !== undefined) {
      await simulator.pass(stopAfter);
      await simulator.stopRun(answer.run.id);
    }
    const ended = await simulator.finish([answer.run.id], pipeline.runs.deadlineSeconds + daySeconds);
    const [surprise] = simulator.surprises;
    if (surprise !== undefined) throw surprise;
    if (!ended) throw new NeverEnded(`${answer.run.id} has not ended`);
    return { ...(await simulator.look(answer.run.id)), history: simulator.history, faults: simulator.faults };
  } finally {
    simulator.close();
  }
}
