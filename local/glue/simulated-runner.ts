import type { JsonObject } from '../../shared/json.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { JobRunner, RunnableJobRun, RunnerReport } from './job-runner.ts';

/** What a simulated job run does. After a restart, the same run must get the same answer. */
export type SimulatedRun = {
  /** Time from RUNNING to the end. */
  readonly seconds: number;
  /** Time in STARTING. 0 by default. */
  readonly startupSeconds?: number;
  /** SUCCEEDED by default. ERROR has no event, as in Glue. */
  readonly state?: 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR';
  readonly errorMessage?: string;
  /** Time in STOPPING. 0 by default. */
  readonly stopSeconds?: number;
  /** Output to write to the address in `--gluewright_output`. */
  readonly output?: JsonObject;
};

export type Simulate = (run: RunnableJobRun) => SimulatedRun;

/** Runs nothing: the given durations pass on the clock, then the given outcomes follow. */
export function createSimulatedRunner(options: {
  readonly clock: Clock;
  readonly simulate: Simulate;
  /** Writes a run's output to an `s3://` address. */
  readonly write: (address: string, output: JsonObject) => void;
}): JobRunner {
  const timers = createTimers(options.clock);
  type Live = {
    readonly cancel: () => void;
    readonly stopSeconds: number;
    readonly report: (report: RunnerReport) => void;
  };
  const live = new Map<string, Live>();

  return {
    run(run, report) {
      const plan = options.simulate(run);
      const { stopSeconds = 0 } = plan;
      const runningFrom = run.launchedOn + (plan.startupSeconds ?? 0) * 1_000;
      const end = (): void => {
        live.delete(run.id);
        const address = run.arguments['--gluewright_output'];
        if (plan.output !== undefined && address !== undefined) options.write(address, plan.output);
        report(endOf(plan));
      };
      const begin = (): void => {
        report({ is: 'running' });
        live.set(run.id, { cancel: timers.at(runningFrom + plan.seconds * 1_000, end), stopSeconds, report });
      };
      if (runningFrom <= options.clock.now()) begin();
      else live.set(run.id, { cancel: timers.at(runningFrom, begin), stopSeconds, report });
    },
    stop(id) {
      const run = live.get(id);
      if (run === undefined) return;
      run.cancel();
      live.delete(id);
      const stopped = (): void => run.report({ is: 'ended', state: 'STOPPED', errorMessage: 'Job run stopped' });
      if (run.stopSeconds === 0) stopped();
      else timers.after(run.stopSeconds * 1_000, stopped);
    },
    look() {},
    close() {
      timers.cancelAll();
      live.clear();
    },
  };
}

function endOf(plan: SimulatedRun): RunnerReport {
  const state = plan.state ?? 'SUCCEEDED';
  if (state === 'SUCCEEDED') return { is: 'ended', state };
  return { is: 'ended', state, errorMessage: plan.errorMessage ?? `Simulated: ${state}` };
}
