import { loadCalls } from '../shared/calls/calls.ts';

/**
 * Loads the modules that functions would otherwise load when they first need them. Loading takes real time, so the
 * first simulation in a process would differ from later ones with the same seed.
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
