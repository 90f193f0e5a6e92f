import type { ObjectCreated } from '../../events/object-created.ts';
import type { S3Trigger } from '../../model/trigger.ts';
import { type KeyPattern, matchKey, readKeyPattern } from '../../patterns/key-pattern.ts';
import { type LinearRegex, readLinearRegex } from '../../patterns/linear-regex.ts';
import { markerPattern } from '../../patterns/marker-pattern.ts';

/** The filter that an object does not pass. */
export type Filter = 'bucket' | 'prefix' | 'suffix' | 'key' | 'match' | 'size';

export type Filtered =
  /** `params`: what the key binds. `marker`: the object ends the batch and is not part of it. */
  | { readonly passes: true; readonly params: Readonly<Record<string, string>>; readonly marker: boolean }
  | { readonly passes: false; readonly by: Filter };

/** Whether an object passes all filters of a trigger. */
export function filterArrival(trigger: S3Trigger, { bucket, key, size }: ObjectCreated): Filtered {
  const stopped = (by: Filter): Filtered => ({ passes: false, by });
  if (trigger.bucket !== bucket) return stopped('bucket');
  const { pattern, marker, regex } = compiledOf(trigger);
  const asMarker = marker === undefined ? undefined : matchKey(marker, key);
  if (asMarker !== undefined) return { passes: true, params: asMarker, marker: true };
  if (trigger.prefix !== undefined && !key.startsWith(trigger.prefix)) return stopped('prefix');
  if (trigger.suffix !== undefined && !key.endsWith(trigger.suffix)) return stopped('suffix');
  const params = pattern === undefined ? undefined : matchKey(pattern, key);
  if (params === undefined) return stopped('key');
  if (regex !== undefined && !regex.test(key)) return stopped('match');
  const { min = 0, max = Number.POSITIVE_INFINITY } = trigger.size ?? {};
  if (size !== undefined && (size < min || size > max)) return stopped('size');
  return { passes: true, params, marker: false };
}

type Compiled = {
  readonly pattern: KeyPattern | undefined;
  readonly marker: KeyPattern | undefined;
  readonly regex: LinearRegex | undefined;
};

/** Compiled once, because a trigger sees many objects. */
const compiled = new WeakMap<S3Trigger, Compiled>();

function compiledOf(trigger: S3Trigger): Compiled {
  const known = compiled.get(trigger);
  if (known !== undefined) return known;
  const marker = trigger.batch?.marker;
  const read: Compiled = {
    pattern: readKeyPattern(trigger.key).pattern,
    marker: marker === undefined ? undefined : readKeyPattern(markerPattern(trigger.key, marker)).pattern,
    regex: trigger.match === undefined ? undefined : readLinearRegex(trigger.match).regex,
  };
  compiled.set(trigger, read);
  return read;
}
