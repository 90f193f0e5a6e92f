import * as z from 'zod/mini';
import type { Json, JsonObject } from '../json.ts';
import type { Key } from './ledger.ts';

/**
 * What a decision comes to: the record as it is to be written, and what is to be done once it is. The same record as
 * before: nothing is written. Performing an effect again is harmless; what it answers is a signal for the same record.
 */
export type Step<Record, Effect> = {
  readonly record: Record | undefined;
  readonly effects: readonly Effect[];
  /** Written with the record, if none of them is there yet: otherwise nothing is written, and it is a conflict. */
  readonly claims?: readonly IndexEntry[];
};

/** What a decision may know of the world. */
export type Moment = {
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
};

/** An entry of a list of references, written together with the record that it follows from. */
export type IndexEntry = { readonly key: Key; readonly value: JsonObject; readonly expires?: number };

/** JSON that was JSON when it was written. */
export const storedJson = z.custom<Json>();
