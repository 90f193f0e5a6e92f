import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { LocalEnd, LocalWork } from './local-work.ts';
import type { Worker, WorkRunner } from './worker.ts';

/** The duration and end of simulated work. After a restart, the same work must get the same answer. */
export type SimulatedWork = LocalEnd & { readonly seconds: number };

export type SimulateWork = (work: LocalWork) => SimulatedWork;

/** Does nothing: the given durations pass on the clock, then the given ends follow. */
export function createSimulatedWorker(clock: Clock, simulate: SimulateWork): Worker {
  const runner = simulated(clock, simulate);
  return { plan: () => runner };
}

export function simulated(clock: Clock, simulate: SimulateWork): WorkRunner {
  const timers = createTimers(clock);
  return (work, report) => {
    const { seconds, ...end } = simulate(work);
    return timers.at(work.startedOn + seconds * 1_000, () => report(end));
  };
}
