import type { Weight } from '../shared/asl/split.ts';
import type { JsonObject } from '../shared/json.ts';
import { present } from '../shared/json.ts';
import type { Interval, Pipeline } from '../shared/model/pipeline.ts';
import type { Pools } from '../shared/model/pool.ts';
import type { Outcomes } from '../shared/protocol/outcome.ts';
import type { Appearances } from './appearances.ts';
import { checkNames } from './check-names.ts';
import type { FaultSettings } from './fault-dial.ts';
import type { JobBehaviours } from './job-behaviour.ts';
import { NotSimulated } from './not-simulated.ts';
import { readSource } from './read-source.ts';
import type { SimulatedRun } from './simulated-run.ts';
import { type HistoryLine, openSimulator } from './simulator.ts';

export type SimulateOptions = Appearances & {
  /** The pipelines that its tasks run. */
  readonly others?: readonly (Pipeline | string)[];
  /** The jobs' ends, by task. By default each takes a minute and succeeds. */
  readonly jobs?: JobBehaviours;
  /** Injected faults. */
  readonly faults?: FaultSettings;
  /** The seed of all random draws but the faults. */
  readonly seed?: number;
  /** The virtual time of the request. 2026-01-01 by default. */
  readonly start?: Date;
  readonly params?: JsonObject;
  readonly interval?: Interval;
  /** Outcomes of an earlier run: these tasks are kept. */
  readonly keep?: Outcomes;
  /** Each job's limit of concurrent runs. */
  readonly maxConcurrentRuns?: Readonly<Record<string, number>>;
  /** How many places each pool has. Pools that are not listed have no limit. */
  readonly pools?: Pools;
  /** Stops the run this many seconds after the request. */
  readonly stopAfter?: number;
  /** Limits of one state machine, to split a pipeline earlier. */
  readonly room?: Weight;
};

export type Simulation = SimulatedRun & {
  readonly history: readonly HistoryLine[];
  /** The injected faults, in words. */
  readonly faults: readonly string[];
};

/** The run did not end within its deadline and a day: a bug in Gluewright. */
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
  const { params, interval, keep, stopAfter, others = [], ...rest } = options;
  const pipelines = [pipeline, ...(await Promise.all(others.map(readSource)))];
  checkNames(pipelines, options);
  const simulator = await openSimulator(pipelines, rest);
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
    if (!ended) throw new NeverEnded(`${answer.run.id} did not end within its deadline and a day`);
    return { ...(await simulator.look(answer.run.id)), history: simulator.history, faults: simulator.faults };
  } finally {
    simulator.close();
  }
}
