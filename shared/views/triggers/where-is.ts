import * as z from 'zod/mini';
import { findRun } from '../../actors/kit/find-run.ts';
import type { ObjectCreated } from '../../events/object-created.ts';
import { present } from '../../json.ts';
import { itemsOf } from '../../ledger/items-of.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { batchKey, gatheringKey, objectPartition } from '../../ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../../ledger/read-record.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { runId } from '../../runs/run/run-id.ts';
import { batchRecord } from '../../triggers/arrivals/batch-record.ts';
import { explainArrival } from '../../triggers/arrivals/explain-arrival.ts';
import { batchId, gathering } from '../../triggers/arrivals/gather.ts';
import { isoTime } from '../shapes.ts';
import type { ArrivalView, WhereView } from './trigger-lists.ts';

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

/** The fate of an object. @param ledger undefined: nothing has run yet */
export async function whereIs(
  ledger: Ledger | undefined,
  pipelines: readonly Pipeline[],
  object: ObjectCreated,
): Promise<WhereView> {
  const { bucket, key } = object;
  const arrivals: ArrivalView[] = [];
  if (ledger !== undefined) {
    for await (const item of itemsOf(ledger, objectPartition(bucket, key))) {
      arrivals.push(await arrivalOf(ledger, parseRecord(seen, item)));
    }
  }
  arrivals.sort((one, other) => one.at.localeCompare(other.at));
  // the ledger knows the size of an object that has arrived
  const size = object.size ?? arrivals.at(-1)?.size;
  const triggers = pipelines.flatMap((pipeline) =>
    Object.entries(pipeline.triggers).flatMap(([trigger, rules]) => {
      if (rules.kind !== 's3') return [];
      const why = explainArrival(rules, { ...object, ...present({ size }) });
      return [{ pipeline: pipeline.name, trigger, ...present({ why }) }];
    }),
  );
  return {
    bucket,
    key,
    ...present({ size }),
    arrivals,
    triggers,
  };
}

async function arrivalOf(ledger: Ledger, found: z.output<typeof seen>): Promise<ArrivalView> {
  const { sequencer: _, ...rest } = found;
  const arrival = { ...rest, at: isoTime(found.at) };
  const record = await readRecord(ledger, batchKey(arrival.batch), batchRecord);
  if (record === undefined) {
    const until = await batchEnd(ledger, arrival);
    return { ...arrival, state: 'gathering', ...(until === undefined ? {} : { until: isoTime(until) }) };
  }
  const { state, ending, cause, label, pipeline } = record;
  // a refused run may have been replayed since
  const run = await findRun({ ledger }, runId(pipeline, cause, label));
  if (run === undefined) return { ...arrival, state, ending };
  return { ...arrival, state: 'started', ending, run: run.id, status: run.status };
}

async function batchEnd(
  ledger: Ledger,
  { pipeline, trigger, batch }: Pick<ArrivalView, 'pipeline' | 'trigger' | 'batch'>,
): Promise<number | undefined> {
  const { partition } = gatheringKey(pipeline, trigger, '');
  for await (const item of itemsOf(ledger, partition)) {
    const record = parseRecord(gathering, item);
    if (batchId(record) === batch) return record.open?.until;
  }
  return undefined;
}
