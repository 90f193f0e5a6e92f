import { loadCalls } from '../shared/calls/calls.ts';

/**
 * Loads what functions load at its first use. That takes real time, and the first simulation of a process would have
 * another history than the next one with the same seed.
 */
export async function loadFirst(): Promise<void> {
  await Promise.all([
    loadCalls(),
    import('../shared/use-cases/child-runs/start-map.ts'),
    import('../shared/use-cases/child-runs/gather-outputs.ts'),
    import('../shared/use-cases/child-runs/continue-run.ts'),
    import('../shared/use-cases/notices/notice-facts.ts'),
    import('jsonata'),
  ]);
}
