import { type ObjectCreated, objectIdentity } from '../../events/object-created.ts';
import type { IndexEntry } from '../../ledger/decision.ts';
import { memberKey, objectKey } from '../../ledger/ledger-keys.ts';
import type { BatchObject } from './batch-record.ts';

/** Longer than any queue keeps a message and any event is repeated. */
const keptSeconds = 90 * 24 * 3600;

export type Place = { readonly pipeline: string; readonly trigger: string; readonly batch: string };

/** The item that says that a trigger has seen this version of an object. */
export function seenKey({ pipeline, trigger }: Omit<Place, 'batch'>, object: ObjectCreated): IndexEntry['key'] {
  return objectKey(object.bucket, object.key, `${pipeline}#${trigger}`, objectIdentity(object));
}

/**
 * An object's two items: one by its key, that it was seen; one by its batch, that it is a member.
 *
 * @param now epoch milliseconds
 */
export function arrivalItems(
  place: Place,
  { object, marker }: { readonly object: ObjectCreated; readonly marker: boolean },
  number: number,
  now: number,
): IndexEntry[] {
  const member: BatchObject = { ...object, ...(marker ? { marker: true } : {}) };
  const { bucket: _bucket, key: _key, ...version } = object;
  const expires = Math.floor(now / 1000) + keptSeconds;
  return [
    { key: seenKey(place, object), value: { ...place, ...version, at: now }, expires },
    { key: memberKey(place.batch, number), value: member, expires },
  ];
}
