import * as z from 'zod/mini';
import { signalBatch } from '../../actors/batch-actor.ts';
import { type Actor, advance } from '../../actors/kit/advance.ts';
import { backOff } from '../../actors/kit/back-off.ts';
import { openEntry } from '../../actors/kit/open-entry.ts';
import { objectIdentity } from '../../events/object-created.ts';
import { digest } from '../../ledger/digest.ts';
import { Conflict } from '../../ledger/ledger.ts';
import { batchKey, gatheringKey } from '../../ledger/ledger-keys.ts';
import type { System } from '../../services/system.ts';
import { arrivalItems, seenKey } from '../../triggers/arrivals/arrival-items.ts';
import type { BatchRecord } from '../../triggers/arrivals/batch-record.ts';
import {
  atOnce,
  type Gathering,
  type GatheringEffect,
  type GatheringSignal,
  gather,
  gathering,
  gatheringIndex,
} from '../../triggers/arrivals/gather.ts';
import type { Arrival } from '../../triggers/arrivals/match-arrival.ts';

/**
 * Receives objects of one trigger that bind the same parameters. Each version counts once, however often it is
 * delivered.
 */
export async function takeIn(system: System, arrivals: readonly Arrival[]): Promise<void> {
  const each = new Map(arrivals.map((arrival) => [objectIdentity(arrival.object), arrival]));
  const all = [...each.values()];
  const [first] = all;
  if (first === undefined) return;
  if (first.rules.batch === undefined) for (const arrival of all) await takeAlone(system, arrival);
  else for (let from = 0; from < all.length; from += atOnce) await takeInto(system, all.slice(from, from + atOnce));
}

/** Receives an object that is a batch of its own. */
async function takeAlone(system: System, arrival: Arrival): Promise<void> {
  const { pipeline, trigger, params, object, marker } = arrival;
  const now = system.clock();
  const identity = objectIdentity(object);
  const id = `${pipeline}.${trigger}.${digest(identity)}`;
  const batch: BatchRecord = {
    id,
    pipeline,
    trigger,
    bucket: object.bucket,
    params,
    cause: `${trigger}\n${identity}`,
    label: [trigger, ...Object.values(params)].join('-'),
    ending: 'object',
    first: now,
    last: now,
    count: 1,
    bytes: object.size ?? 0,
    state: 'complete',
  };
  const claims = arrivalItems({ pipeline, trigger, batch: id }, { object, marker }, 1, now);
  if ((await system.ledger.get(batchKey(id))) !== undefined) {
    // the first receiver may have crashed after claiming
    await signalBatch(system, id, { is: 'tick' });
    return;
  }
  try {
    await signalBatch(system, id, { is: 'complete', batch, claims });
  } catch (error) {
    if (!(error instanceof Conflict) || !(await isSeen(system, arrival))) throw error;
  }
}

/** Looks for known objects only after a conflict, because most are new. */
async function takeInto(system: System, arrivals: readonly Arrival[]): Promise<void> {
  const again = backOff(system);
  let left = arrivals;
  while (left.length > 0) {
    try {
      await signalGathering(system, left);
      return;
    } catch (error) {
      // out of time: the message is delivered again
      if (!(error instanceof Conflict) || !(await again())) throw error;
      const seen = await Promise.all(left.map((arrival) => isSeen(system, arrival)));
      left = left.filter((_, at) => !seen[at]);
    }
  }
}

async function signalGathering(system: System, arrivals: readonly Arrival[]): Promise<void> {
  const [first] = arrivals;
  if (first?.rules.batch === undefined) return;
  const { pipeline, trigger, params, rules } = first;
  const stream = { pipeline, trigger, bucket: rules.bucket, params };
  const objects = arrivals.map(({ object, marker }) => ({ object, marker }));
  const key = gatheringKey(pipeline, trigger, JSON.stringify(params));
  await advance(system, gatheringActor, key, [{ is: 'arrived', stream, rules: first.rules.batch, objects }]);
}

async function isSeen({ ledger }: System, arrival: Arrival): Promise<boolean> {
  return (await ledger.get(seenKey(arrival, arrival.object))) !== undefined;
}

const gatheringActor: Actor<Gathering, GatheringSignal, GatheringEffect> = {
  schema: gathering,
  decide: gather,
  index: gatheringIndex,
  async perform(system, { batch }, news) {
    await signalBatch(system, batch, { is: 'tick' }, news);
    return [];
  },
};

/** Ends a batch that is due. If its trigger no longer makes batches, the open batch ends at once. */
export async function endBatches(
  system: System,
  { pipeline, trigger, params }: Pick<Gathering, 'pipeline' | 'trigger' | 'params'>,
): Promise<void> {
  const known = system.catalog.byName(pipeline)?.pipeline.triggers[trigger];
  // keep the batch of a trigger that is gone, in case it comes back
  if (known?.kind !== 's3') return;
  const key = gatheringKey(pipeline, trigger, JSON.stringify(params));
  try {
    await advance(system, gatheringActor, key, [{ is: 'tick', rules: known.batch ?? { size: 0 } }]);
  } catch (error) {
    // an object arrived meanwhile, and that call has checked the time as well
    if (!(error instanceof Conflict)) throw error;
  }
}

const arrivals = z.object({ pipeline: z.string(), trigger: z.string(), params: z.record(z.string(), z.string()) });

export const openGatherings = openEntry('arrivals', arrivals, endBatches);
