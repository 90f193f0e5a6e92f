/** The statuses that count as failed, as the documentation has them. */
export const failures: ReadonlySet<string> = new Set(['failed', 'timed_out', 'stopped', 'upstream_failed']);
