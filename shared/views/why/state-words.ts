import type { TaskState } from '../run/run-view.ts';

/** Names of task states in sentences. */
export const stateWords = {
  waiting: 'waiting',
  starting: 'starting',
  retrying: 'tries again',
  queued: 'queued',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  timed_out: 'timed out',
  stopped: 'stopped',
  skipped: 'skipped',
  not_run: 'not run',
  upstream_failed: 'upstream failed',
} satisfies Record<TaskState, string>;
