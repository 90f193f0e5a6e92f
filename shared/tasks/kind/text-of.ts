import type { Json } from '../../json.ts';

/** A text as it is. Any other value becomes JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
