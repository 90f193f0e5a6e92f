import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';

/** Tells a request that is repeated from another one of the same key, whatever the order of its objects' keys. */
export function requestDigest(request: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex');
}

function sorted(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, item]): Json => [key, sorted(item)]);
}
