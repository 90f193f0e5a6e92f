import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';

/** What the views are made of. Their types, and the API's description, come of these schemas. */

/** ISO 8601, UTC, with milliseconds. */
export const instant = z.iso.datetime();

export const intervalShape = z.object({ start: z.string(), end: z.string() });

export const jsonObject = z.record(z.string(), storedJson);

export function listOf<Item extends z.core.SomeType>(item: Item) {
  return z.readonly(z.array(item));
}

/** Of a list: goes into the query as `cursor`. Absent: there is no more. */
export const next = z.exactOptional(z.string());

/** @param milliseconds since the epoch */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Epoch milliseconds of what {@link isoTime} has written. */
export function timeOf(text: string): number {
  return Date.parse(text);
}
