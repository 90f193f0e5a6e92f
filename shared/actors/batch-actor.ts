import * as z from 'zod/mini';
import { objectIdentity } from '../events/object-created.ts';
import type { JsonObject } from '../json.ts';
import { itemsOf } from '../ledger/items-of.ts';
import { batchKey, memberPrefix } from '../ledger/ledger-keys.ts';
import { parseRecord } from '../ledger/read-record.ts';
import type { System } from '../services/system.ts';
import { advanceBatch, type BatchEffect, type BatchSignal } from '../triggers/arrivals/advance-batch.ts';
import {
  type BatchObject,
  type BatchRecord,
  batchIndex,
  batchObject,
  batchRecord,
} from '../triggers/arrivals/batch-record.ts';
import { batchTrigger } from '../triggers/arrivals/batch-trigger.ts';
import { type Actor, advance, type News } from './kit/advance.ts';
import { depthBehind } from './kit/cause-depth.ts';
import { openEntry } from './kit/open-entry.ts';
import { startOrBury } from './start-or-dead-letter.ts';

/** Takes a signal to a complete batch. */
export async function signalBatch(
  system: System,
  id: string,
  signal: BatchSignal,
  news?: News,
): Promise<BatchRecord | undefined> {
  return (await advance(system, batchActor, batchKey(id), [signal], news)).record;
}

export const openBatches = openEntry('batch', z.object({ name: z.string() }), async (system, { name }) => {
  await signalBatch(system, name, { is: 'tick' });
});

const batchActor: Actor<BatchRecord, BatchSignal, BatchEffect> = {
  schema: batchRecord,
  decide: advanceBatch,
  index: batchIndex,
  async perform(system, { batch }, news) {
    const answer = await startBatch(system, batch, news);
    return [answer.is === 'run' ? { is: 'started', run: answer.run.id } : { is: 'refused' }];
  },
};

/** A longer list of objects is handed to the run as an address, because states and jobs limit their input. */
const listBytes = 32 * 1024;

async function startBatch(system: System, batch: BatchRecord, news: News) {
  const { pipeline, cause, label, params } = batch;
  const members = await membersOf(system, batch.id);
  const { facts, objects } = batchTrigger(batch, members);
  const text = JSON.stringify(objects);
  const trigger: JsonObject =
    Buffer.byteLength(text) <= listBytes
      ? { ...facts, objects }
      : { ...facts, manifest: await putManifest(system, batch.id, text) };
  const depth = await depthBehind(system, members);
  return startOrBury(system, { pipeline, cause, label, trigger, params, depth }, news);
}

/** Every try writes the same list to the same address. */
async function putManifest({ objects, outputBucket }: System, batch: string, text: string): Promise<string> {
  const key = `manifests/${batch}.json`;
  await objects.put(outputBucket, key, text);
  return `s3://${outputBucket}/${key}`;
}

async function membersOf({ ledger }: System, batch: string): Promise<BatchObject[]> {
  const members = new Map<string, BatchObject>();
  for await (const item of itemsOf(ledger, batchKey(batch).partition, { prefix: memberPrefix })) {
    const member = parseRecord(batchObject, item);
    members.set(objectIdentity(member), member);
  }
  return [...members.values()];
}
