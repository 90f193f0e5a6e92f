import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { LocalEnd, LocalWork } from './local-work.ts';
import type { Doing, Worker } from './worker.ts';

/** How long simulated work takes, and how it ends. It must come out the same when it is asked for again after a restart. */
export type SimulatedWork = LocalEnd & { readonly seconds: number };

export type SimulateWork = (work: LocalWork) => SimulatedWork;

/** Does nothing: the given durations pass on the clock, and the given ends come. */
export function createSimulatedWorker(clock: Clock, simulate: SimulateWork): Worker {
  const doing = simulated(clock, simulate);
  return { plan: () => doing };
}

export function simulated(clock: Clock, simulate: SimulateWork): Doing {
  const timers = createTimers(clock);
  return (work, report) => {
    const { seconds, ...end } = simulate(work);
    return timers.at(work.startedOn + seconds * 1_000, () => report(end));
  };
}
