import { Worker } from 'node:worker_threads';
import type { ChaosJob, ChaosReport } from './chaos-worker.ts';

export type ChaosOptions = {
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  /** The workers' module, possibly in a changed copy of the sources. */
  readonly worker?: URL;
  /** Ends at the first failure. */
  readonly untilWrong?: true;
  readonly onProgress?: (played: number) => void;
};

export type Wrong = { readonly seed: number; readonly what: readonly string[] };

/** Plays scenarios with the seeds from `seed` on. @returns their number and the failures */
export async function runChaos(
  options: ChaosOptions,
): Promise<{ readonly played: number; readonly wrong: readonly Wrong[] }> {
  const { runs, seed, workers, worker = new URL('./chaos-worker.ts', import.meta.url) } = options;
  let played = 0;
  const wrong: Wrong[] = [];
  const threads: Worker[] = [];
  const work = Array.from({ length: workers }, (_, index) => {
    const workerData: ChaosJob = {
      seed: seed + index,
      step: workers,
      runs: Math.ceil((runs - index) / workers),
      block: 20,
      twice: 50,
    };
    return new Promise<void>((resolve, reject) => {
      const thread = new Worker(worker, { workerData });
      threads.push(thread);
      thread.on('message', (report: ChaosReport) => {
        played += report.played;
        if (report.wrong !== undefined) wrong.push(report.wrong);
        if (report.wrong !== undefined && options.untilWrong) for (const each of threads) void each.terminate();
        options.onProgress?.(played);
      });
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  });
  await Promise.all(work);
  return { played, wrong: wrong.toSorted((one, other) => one.seed - other.seed) };
}
