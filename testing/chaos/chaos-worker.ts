import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { drawScenario } from './scenario.ts';
import { tryScenario } from './try-scenario.ts';

/** Plays `runs` scenarios, every `step`-th from `seed` on, and reports each block and each failure. */
const job = z.object({ seed: z.number(), step: z.number(), runs: z.number(), block: z.number(), twice: z.number() });
export type ChaosJob = z.output<typeof job>;

export type ChaosReport = {
  readonly played: number;
  readonly wrong?: { readonly seed: number; readonly what: readonly string[] };
};

const { seed, step, runs, block, twice } = job.parse(workerData);
const tell = (report: ChaosReport): void => parentPort?.postMessage(report);

let untold = 0;
for (let number = 0; number < runs; number++) {
  const current = seed + number * step;
  const { wrong, digest } = await tryScenario(drawScenario(current));
  const again = number % twice === 0 ? (await tryScenario(drawScenario(current))).digest : digest;
  const what = again === digest ? wrong : [...wrong, 'the same seed gave a different history'];
  untold += 1;
  if (what.length > 0) tell({ played: 0, wrong: { seed: current, what } });
  if (untold >= block) tell({ played: untold });
  if (untold >= block) untold = 0;
}
tell({ played: untold });
