import { digest } from './digest.ts';
import type { Key } from './ledger.ts';

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

/**
 * Runs that a pipeline's queue has no room for, in the order in which they are let into it, those that came while they were
 * paused apart: `{pipeline, run, trigger?}`.
 */
export const outsidePartition = 'outside';
export const outsidePrefix = (pipeline: string, kept?: boolean): string =>
  kept === undefined ? `${pipeline}#` : `${pipeline}#${kept ? 'kept' : 'free'}#`;
/** @param priority from -100 to 100 */
export const outsideOrder = (priority: number, asked: number, run: string): string =>
  `${String(500 - priority)}#${String(asked).padStart(15, '0')}#${run}`;

/** What is known of a schedule: which of its times were seen to. */
export const scheduleKey = (pipeline: string, trigger: string): Key => ({
  partition: `schedule#${pipeline}`,
  sort: trigger,
});

/** The latest publication of a dataset, for an interval (by its key) or for none (`-`). */
export const datasetPartition = (dataset: string): string => `dataset#${dataset}`;
export const datasetKey = (dataset: string, interval: string): Key => ({
  partition: datasetPartition(dataset),
  sort: interval,
});

/** What has come of the datasets that a trigger waits for, for an interval or for none. */
export const waitingKey = (pipeline: string, trigger: string, interval: string): Key => ({
  partition: `waiting#${pipeline}#${trigger}`,
  sort: interval,
});

/** Triggers for which some datasets are there, and not enough. */
export const waitingPartition = 'waiting';

/** Where the reconciler goes on. */
export const cursorKey: Key = { partition: 'reconcile', sort: 'cursor' };

/** What has become of an object's versions, one item for each and each trigger: `{pipeline, trigger, batch, …}`. */
export const objectPartition = (bucket: string, key: string): string => `object#${bucket}/${key}`;
export const objectKey = (bucket: string, key: string, trigger: string, identity: string): Key => ({
  partition: objectPartition(bucket, key),
  sort: `${trigger}#${digest(identity)}`,
});

/** The batch that gathers the objects of one trigger that bind the same parameters. */
export const gatheringKey = (pipeline: string, trigger: string, params: string): Key => ({
  partition: `arrivals#${pipeline}#${trigger}`,
  sort: digest(params),
});

/** A batch that is complete, and its objects in the order of their arrival. */
export const batchKey = (batch: string): Key => ({ partition: `batch#${batch}`, sort: 'batch' });
export const memberPrefix = 'object#';
export const memberKey = (batch: string, number: number): Key => ({
  partition: `batch#${batch}`,
  sort: memberPrefix + String(number).padStart(9, '0'),
});

/** A run whose end others wait for: those are to be started. */
export const followKey = (run: string): Key => ({ partition: openPartition, sort: `follow#${run}` });

/** Since when the ends of a job's runs count that Gluewright does not run: `{since}`. */
export const watchKey = (job: string): Key => ({ partition: 'watched-jobs', sort: job });

/** What could not be taken or started, for people to look at, by the time it was given up. */
export const deadLettersPartition = 'dead-letters';
