import * as z from 'zod/mini';
import { findRun } from '../actors/find-run.ts';
import type { ObjectCreated } from '../events/object-created.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { batchKey, gatheringKey, objectPartition } from '../ledger/ledger-keys.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { runId } from '../runs/run/run-id.ts';
import { batchRecord } from '../triggers/arrivals/batch-record.ts';
import { explainArrival } from '../triggers/arrivals/explain-arrival.ts';
import { batchId, gathering } from '../triggers/arrivals/gather.ts';

const seen = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  batch: z.string(),
  at: z.number(),
  size: z.exactOptional(z.number()),
  version: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  sequencer: z.exactOptional(z.string()),
});

/** One version of the object, as one trigger saw it. */
export type WhereArrival = z.output<typeof seen> & {
  /** `gathering`: its batch is open. `refused`: its run could not be; it lies with the dead letters. */
  readonly state: 'gathering' | 'complete' | 'started' | 'refused';
  /** While it is `gathering`: when its batch ends at the latest, as things are, in epoch milliseconds. Absent: not by time. */
  readonly until?: number;
  readonly ending?: string;
  readonly run?: string;
  readonly status?: string;
};

export type Where = {
  readonly bucket: string;
  readonly key: string;
  /** In bytes, of an object that lies in its bucket's folder. Absent: there is none. */
  readonly size?: number;
  readonly arrivals: readonly WhereArrival[];
  /** Of every S3 trigger: why it does not wait for the object; absent: it does. */
  readonly triggers: readonly { readonly pipeline: string; readonly trigger: string; readonly why?: string }[];
};

/** What has become of an object. @param ledger undefined: nothing has been run yet */
export async function whereIs(
  ledger: Ledger | undefined,
  pipelines: readonly Pipeline[],
  object: ObjectCreated,
): Promise<Where> {
  const { bucket, key, size } = object;
  const page = await ledger?.list(objectPartition(bucket, key));
  const arrivals: WhereArrival[] = [];
  for (const { value } of page?.items ?? []) {
    if (ledger !== undefined) arrivals.push(await arrivalOf(ledger, seen.parse(value)));
  }
  const triggers = pipelines.flatMap((pipeline) =>
    Object.entries(pipeline.triggers).flatMap(([trigger, rules]) => {
      if (rules.kind !== 's3') return [];
      const why = explainArrival(rules, object);
      return [{ pipeline: pipeline.name, trigger, ...(why === undefined ? {} : { why }) }];
    }),
  );
  return {
    bucket,
    key,
    ...(size === undefined ? {} : { size }),
    arrivals: arrivals.sort((one, other) => one.at - other.at),
    triggers,
  };
}

async function arrivalOf(ledger: Ledger, arrival: z.output<typeof seen>): Promise<WhereArrival> {
  const item = await ledger.get(batchKey(arrival.batch));
  if (item === undefined) {
    const until = await batchEnd(ledger, arrival);
    return { ...arrival, state: 'gathering', ...(until === undefined ? {} : { until }) };
  }
  const { state, ending, cause, label, pipeline } = batchRecord.parse(item.value);
  // one that was refused may have been started from the dead letters
  const run = await findRun({ ledger }, runId(pipeline, cause, label));
  if (run === undefined) return { ...arrival, state, ending };
  return { ...arrival, state: 'started', ending, run: run.id, status: run.status };
}

async function batchEnd(
  ledger: Ledger,
  { pipeline, trigger, batch }: Pick<WhereArrival, 'pipeline' | 'trigger' | 'batch'>,
): Promise<number | undefined> {
  const { partition } = gatheringKey(pipeline, trigger, '');
  let from: string | undefined;
  do {
    const page = await ledger.list(partition, from === undefined ? {} : { from });
    for (const { value } of page.items) {
      const record = gathering.parse(value);
      if (batchId(record) === batch) return record.open?.until;
    }
    from = page.next;
  } while (from !== undefined);
  return undefined;
}
