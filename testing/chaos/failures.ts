/** The statuses that count as failed, according to the documentation. */
export const failures: ReadonlySet<string> = new Set(['failed', 'timed_out', 'stopped', 'upstream_failed']);
