import type { Key } from '../ledger/ledger.ts';

/** Where everything lies in the ledger. A run's own records share one partition; the rest are lists of references. */

export const runPartition = (run: string): string => `run#${run}`;

export const runKey = (run: string): Key => ({ partition: runPartition(run), sort: 'run' });
export const keepKey = (run: string): Key => ({ partition: runPartition(run), sort: 'keep' });
export const taskPrefix = 'task#';
export const taskKey = (run: string, task: string): Key => ({ partition: runPartition(run), sort: taskPrefix + task });
export const gateKey = (run: string, gate: string): Key => ({ partition: runPartition(run), sort: `gate#${gate}` });

/** Whatever is not at its end yet, for the reconciler: `{kind, run, name?}`. */
export const openPartition = 'open';

/** Attempts that Glue refused to start, by the time they came: `{run, task}`. */
export const queuePartition = (job: string): string => `queue#${job}`;

/** Whose a job run is: `{run, task, attempt}`. */
export const jobRunKey = (jobRunId: string): Key => ({ partition: `job-run#${jobRunId}`, sort: 'attempt' });

/** Runs by the time they were asked for, of all pipelines and of one: `{id, pipeline, status, …}`. */
export const runsPartition = (pipeline?: string): string => (pipeline === undefined ? 'runs' : `runs#${pipeline}`);

/** Which runs of a pipeline are live, and which wait. */
export const slotsKey = (pipeline: string): Key => ({ partition: `pipeline#${pipeline}`, sort: 'slots' });

/** What is known of a schedule: which of its times were seen to. */
export const scheduleKey = (pipeline: string, trigger: string): Key => ({
  partition: `schedule#${pipeline}`,
  sort: trigger,
});

/** Where the reconciler goes on. */
export const cursorKey: Key = { partition: 'reconcile', sort: 'cursor' };
