import { expect } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '../../testing/simulator.ts';

/** Acts in a simulator, and checks that no unexpected error occurred. */
export async function simulated<T>(
  pipelines: readonly Pipeline[],
  options: SimulatorOptions,
  act: (simulator: Simulator) => Promise<T>,
): Promise<T> {
  const simulator = await openSimulator(pipelines, options);
  try {
    return await act(simulator);
  } finally {
    expect(simulator.surprises).toEqual([]);
    simulator.close();
  }
}

/** Starts the run `PIPELINE-x`, and checks that it ends within this time. */
export async function playRun(simulator: Simulator, pipeline: string, seconds = 3_600): Promise<SimulatedRun> {
  await simulator.startRun({ pipeline, cause: 'x' });
  expect(await simulator.finish([`${pipeline}-x`], seconds)).toBe(true);
  return simulator.look(`${pipeline}-x`);
}

/** The seeds 1, 2, 3 and so on. */
export const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
