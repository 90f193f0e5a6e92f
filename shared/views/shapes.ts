import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';

/** Building blocks of the views. Their types and the API's description derive from these schemas. */

/** ISO 8601, UTC, with milliseconds. */
export const instant = z.iso.datetime();

export const intervalShape = z.object({ start: z.string(), end: z.string() });

export const jsonObject = z.record(z.string(), storedJson);

export function listOf<Item extends z.core.SomeType>(item: Item) {
  return z.readonly(z.array(item));
}

/** Pass it as `cursor` for the next page. Absent: this is the last one. */
export const next = z.exactOptional(z.string());

/** @param milliseconds since the epoch */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Epoch milliseconds of a time that {@link isoTime} wrote. */
export function timeOf(text: string): number {
  return Date.parse(text);
}
