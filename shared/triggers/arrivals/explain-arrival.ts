import type { ObjectCreated } from '../../events/object-created.ts';
import type { S3Trigger } from '../../model/trigger.ts';
import { furthestMatch, readKeyPattern } from '../../patterns/key-pattern.ts';
import { type Filter, filterArrival } from './arrival-filter.ts';

/** Why an object does not pass a trigger's filters, for people; undefined: it passes. */
export function explainArrival(trigger: S3Trigger, object: ObjectCreated): string | undefined {
  const filtered = filterArrival(trigger, object);
  return filtered.passes ? undefined : reasons[filtered.by](trigger, object);
}

const reasons: Readonly<Record<Filter, (trigger: S3Trigger, object: ObjectCreated) => string>> = {
  bucket: ({ bucket }) => `it waits for the bucket ${bucket}`,
  prefix: ({ prefix }) => `the key does not begin with ${prefix}`,
  suffix: ({ suffix }) => `the key does not end with ${suffix}`,
  match: ({ match }) => `the expression ${match} is not found in the key`,
  size: ({ size }, object) =>
    `the object has ${object.size} bytes, and it waits for ${size?.min ?? 0} to ${size?.max ?? 'any number of'} bytes`,
  key: ({ key }, object) => {
    const { pattern } = readKeyPattern(key);
    const failed = pattern === undefined ? undefined : furthestMatch(pattern, object.key);
    if (failed === undefined) return `the key does not match the pattern ${key}`;
    const { upTo, wanted } = failed;
    const place = upTo === 0 ? 'at the start of the key' : `after \`${object.key.slice(0, upTo)}\``;
    const found =
      upTo === object.key.length ? 'the key ends there' : `the key has \`${object.key.slice(upTo, upTo + 40)}\``;
    return `the pattern ${key} expects \`${wanted}\` ${place}, but ${found}`;
  },
};
