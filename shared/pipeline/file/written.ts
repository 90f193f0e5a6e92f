import type { Json } from '../../json.ts';
import { formatDuration } from '../../units/duration.ts';

/** The value as a file has it. A longer value is replaced by `otherwise`. */
export function shown(value: Json, otherwise: string): string {
  if (typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value))) return String(value);
  if (!Array.isArray(value) || value.length > 5) return otherwise;
  const items = value.map((item: Json) => shown(item, ''));
  return items.includes('') ? otherwise : `[${items.join(', ')}]`;
}

/** A number in the word's unit, as a duration. */
export function durationOf(value: Json, unitSeconds: number): string {
  return typeof value === 'number' && value > 0 ? formatDuration(Math.round(value * unitSeconds)) : '1h';
}

/** A text, in quotes if YAML needs them. */
export function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}
