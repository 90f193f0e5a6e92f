import * as z from 'zod/mini';
import { findRun } from '../shared/aws/find-run.ts';
import type { ObjectCreated } from '../shared/events/object-created.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Pipeline } from '../shared/pipeline/pipeline.ts';
import { batchKey, objectPartition } from '../shared/runs/ledger-keys.ts';
import { runId } from '../shared/runs/run-id.ts';
import { batchRecord } from '../shared/triggers/batch-record.ts';
import { explainArrival } from '../shared/triggers/explain-arrival.ts';

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
  readonly ending?: string;
  readonly run?: string;
  readonly status?: string;
};

export type Where = {
  readonly bucket: string;
  readonly key: string;
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
  const { bucket, key } = object;
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
  return { bucket, key, arrivals: arrivals.sort((one, other) => one.at - other.at), triggers };
}

async function arrivalOf(ledger: Ledger, arrival: z.output<typeof seen>): Promise<WhereArrival> {
  const item = await ledger.get(batchKey(arrival.batch));
  if (item === undefined) return { ...arrival, state: 'gathering' };
  const { state, ending, cause, label, pipeline } = batchRecord.parse(item.value);
  // one that was refused may have been started from the dead letters
  const run = await findRun({ ledger }, runId(pipeline, cause, label));
  if (run === undefined) return { ...arrival, state, ending };
  return { ...arrival, state: 'started', ending, run: run.id, status: run.status };
}
