import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import type { BatchObject, BatchRecord } from './batch-record.ts';

/**
 * `$run.trigger` of a batch's run, and the list of objects. In a bucket without versions, only the newest version of
 * an overwritten key can be read, so it is listed once: otherwise its data would count twice.
 */
export function batchTrigger(
  { id, trigger, bucket, ending, count, bytes, missing }: BatchRecord,
  members: readonly BatchObject[],
): { readonly facts: JsonObject; readonly objects: readonly BatchObject[] } {
  const newest = new Map<string, BatchObject>();
  for (const member of members) {
    if (member.marker) continue;
    const name = JSON.stringify([member.key, member.version ?? null]);
    const before = newest.get(name);
    if (before === undefined || isNewer(member, before)) newest.set(name, member);
  }
  const objects = [...newest.values()];
  const marker = members.find((member) => member.marker)?.key;
  const [only] = objects;
  const facts: JsonObject = {
    kind: 's3',
    name: trigger,
    batch: id,
    bucket,
    ending,
    count,
    bytes,
    ...(count === objects.length ? {} : { superseded: count - objects.length }),
    ...present({ missing, marker }),
    ...(ending === 'object' && only !== undefined ? { ...only } : {}),
  };
  return { facts, objects };
}

/** S3's sequencers are hexadecimal numbers of any length. */
function isNewer({ sequencer: one = '' }: BatchObject, { sequencer: other = '' }: BatchObject): boolean {
  const length = Math.max(one.length, other.length);
  return one.padStart(length, '0').toUpperCase() >= other.padStart(length, '0').toUpperCase();
}
