import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';

/** Tells apart requests with the same key. The order of keys in objects does not matter. */
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
