import type { Outcomes } from '../../protocol/outcome.ts';

const causesKept = 100;

/**
 * The outcomes that a run's record keeps, without outputs, which the attempts have, and without causes, which would
 * fill the record if many tasks fail at once.
 */
export function boundOutcomes(tasks: Outcomes): Outcomes {
  let causes = 0;
  return Object.fromEntries(
    Object.entries(tasks).map(([task, { output: _, cause, ...outcome }]) => {
      const keeps = cause !== undefined && outcome.status !== 'upstream_failed' && causes++ < causesKept;
      return [task, keeps ? { ...outcome, cause: cause.slice(0, 500) } : outcome];
    }),
  );
}
