import { digest } from './digest.ts';
import type { Key } from './ledger.ts';
import { shards } from './shards.ts';

/** The keys of the ledger. A run's own records share one partition; the other partitions are indexes. */

export const runPartition = (run: string): string => `run#${run}`;

export const runKey = (run: string): Key => ({ partition: runPartition(run), sort: 'run' });
export const keepKey = (run: string): Key => ({ partition: runPartition(run), sort: 'keep' });
/** The states of a settled run's tasks, stored at the first request for them. */
export const statesKey = (run: string): Key => ({ partition: runPartition(run), sort: 'states' });
export const taskPrefix = 'task#';
export const taskKey = (run: string, task: string): Key => ({ partition: runPartition(run), sort: taskPrefix + task });
/** The items of a task's attempt, and their values in pages. */
export const mapPrefix = 'map#';
export const mapKey = (run: string, task: string, attempt: number): Key => ({
  partition: runPartition(run),
  sort: `${mapPrefix}${task}#${attempt}`,
});
export const mapValuesKey = (run: string, values: string, page: number): Key => ({
  partition: runPartition(run),
  sort: `items#${values}#${String(page).padStart(4, '0')}`,
});
export const gateKey = (run: string, gate: string): Key => ({ partition: runPartition(run), sort: `gate#${gate}` });

/** Everything that has not ended, for the reconciler: `{kind, run, name?}`. What belongs to a run lies in its shard. */
export const openShards = shards('open');

/**
 * Open entries that have a time, ordered by it: a sweep reads what is due before it goes through the rest. The
 * values are those of {@link openShards}.
 */
export const dueShards = shards('due');
/** @param at epoch milliseconds */
export const dueSort = (at: number, sort: string): string => `${String(at).padStart(15, '0')}#${sort}`;

/** Attempts whose work waits for capacity, by time of arrival: `{run, task}`. */
export const queuePartition = (kind: string, name: string): string => `queue#${kind}#${name}`;

/** A pool: the places that are held, `{run, task}`, and the attempts that wait for some, `{run, task, places}`. */
export const poolPartition = (pool: string): string => `pool#${pool}`;
export const placePrefix = 'place#';
export const placeKey = (pool: string, number: number): Key => ({
  partition: poolPartition(pool),
  sort: placePrefix + String(number).padStart(4, '0'),
});
export const waitPrefix = 'wait#';
/** In the order of admission. @param priority from -100 to 100 @param since epoch milliseconds */
export const waitKey = (pool: string, priority: number, catchUp: boolean, since: number, of: string): Key => ({
  partition: poolPartition(pool),
  sort: `${waitPrefix}${500 - priority}#${catchUp ? 1 : 0}#${String(since).padStart(15, '0')}#${of}`,
});

/** The owner of work: `{run, task, attempt}`. */
export const workKey = (kind: string, id: string): Key => ({ partition: `work#${kind}#${id}`, sort: 'attempt' });

/**
 * The owner of work of a thing that runs one work at a time, and whose work does not name it: `{run, task,
 * attempt}`.
 */
export const holderKey = (kind: string, name: string): Key => ({
  partition: `holder#${kind}#${name}`,
  sort: 'attempt',
});

/** Runs by the time of their request, of all pipelines and of one: `{id, pipeline, status, …}`. */
export const runsPartition = (pipeline?: string): string => (pipeline === undefined ? 'runs' : `runs#${pipeline}`);

/** The live and the queued runs of a pipeline. */
export const slotsKey = (pipeline: string): Key => ({ partition: `pipeline#${pipeline}`, sort: 'slots' });

/** The overflow of a pipeline's queue, in the order of admission, held runs apart: `{pipeline, run, trigger?}`. */
export const outsidePartition = 'outside';
export const outsidePrefix = (pipeline: string, kept?: boolean): string =>
  kept === undefined ? `${pipeline}#` : `${pipeline}#${kept ? 'kept' : 'free'}#`;
/** @param priority from -100 to 100 */
export const outsideOrder = (priority: number, asked: number, run: string): string =>
  `${String(500 - priority)}#${String(asked).padStart(15, '0')}#${run}`;

/** A pipeline's definition as runs were started with it, by its digest, in parts. */
export const definitionKey = (pipeline: string, digest: string, part: number): Key => ({
  partition: `definition#${pipeline}`,
  sort: `${digest}#${part}`,
});

/** An Idempotency-Key and the answer to it. */
export const requestKey = (key: string): Key => ({ partition: `request#${digest(key)}`, sort: 'request' });

/** The plan that a request with an Idempotency-Key has begun to carry out. */
export const agreedPlanKey = (key: string, plan: string): Key => ({
  partition: `request#${digest(key)}`,
  sort: `plan#${plan}`,
});

/** The state of a schedule: which of its times are handled. */
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

/** The datasets published so far for a trigger, for an interval or for none. */
export const waitingKey = (pipeline: string, trigger: string, interval: string): Key => ({
  partition: `waiting#${pipeline}#${trigger}`,
  sort: interval,
});

/** Triggers with some, but not enough, of their datasets. */
export const waitingPartition = 'waiting';

/** The reconciler's cursor, and the lease of the sweep that moves it: `{from?, until?}`. */
export const cursorKey: Key = { partition: 'reconcile', sort: 'cursor' };
/** The schedules that were checked for missed times, and until when: `{schedules, at}`. */
export const catchUpKey: Key = { partition: 'reconcile', sort: 'schedules' };

/** The fate of an object's versions, one item for each version and trigger: `{pipeline, trigger, batch, …}`. */
export const objectPartition = (bucket: string, key: string): string => `object#${bucket}/${key}`;
export const objectKey = (bucket: string, key: string, trigger: string, identity: string): Key => ({
  partition: objectPartition(bucket, key),
  sort: `${trigger}#${digest(identity)}`,
});

/** The open batch of one trigger and one set of bound parameters. */
export const gatheringKey = (pipeline: string, trigger: string, params: string): Key => ({
  partition: `arrivals#${pipeline}#${trigger}`,
  sort: digest(params),
});

/** A complete batch, and its objects in order of arrival. */
export const batchKey = (batch: string): Key => ({ partition: `batch#${batch}`, sort: 'batch' });
export const memberPrefix = 'object#';
export const memberKey = (batch: string, number: number): Key => ({
  partition: `batch#${batch}`,
  sort: memberPrefix + String(number).padStart(9, '0'),
});

/** A run whose end starts runs of other pipelines. */
export const followKey = (run: string): Key => openShards.key(run, `follow#${run}`);

/** The time from which ends of a foreign job's runs count: `{since}`. */
export const watchKey = (job: string): Key => ({ partition: 'watched-jobs', sort: job });

/** Dead letters, ordered by the time they were given up. */
export const deadLettersPartition = 'dead-letters';

/** What people are to be notified of, and what they were: see `shared/notices`. */
export const noticesPartition = 'notices';
export const newNoticePrefix = 'new#';
/** @param at epoch milliseconds */
export const noticeKey = (at: number, occasion: string, run: string, task = ''): Key => ({
  partition: noticesPartition,
  sort: `${newNoticePrefix}${String(at).padStart(15, '0')}#${occasion}#${run}#${task}`,
});
/** What a channel was told within the hour. */
export const channelKey = (channel: string): Key => ({ partition: noticesPartition, sort: `channel#${channel}` });
/** The last failure of a pipeline that has not succeeded since. */
export const failingPrefix = 'failing#';
export const failingKey = (pipeline: string): Key => ({
  partition: noticesPartition,
  sort: failingPrefix + pipeline,
});
