import type { Outcomes } from '../../protocol/outcome.ts';

const causesKept = 100;

/** What a run keeps of its tasks' outcomes. Outputs are in the attempts; causes would fill the record where many tasks fail at once. */
export function boundOutcomes(tasks: Outcomes): Outcomes {
  let causes = 0;
  return Object.fromEntries(
    Object.entries(tasks).map(([task, { output: _, cause, ...outcome }]) => {
      const keeps = cause !== undefined && outcome.status !== 'upstream_failed' && causes++ < causesKept;
      return [task, keeps ? { ...outcome, cause: cause.slice(0, 500) } : outcome];
    }),
  );
}
