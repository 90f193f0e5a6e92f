import * as z from 'zod/mini';
import type { Json, JsonObject } from '../json.ts';
import type { Key } from './ledger.ts';

/**
 * The result of a decision: the record to write, and the effects to perform once it is written. If the record is the
 * same object as before, nothing is written. Repeating an effect is harmless. Its answer is a signal for the same record.
 */
export type Step<Record, Effect> = {
  readonly record: Record | undefined;
  readonly effects: readonly Effect[];
  /** Items written with the record. If one of them exists already, nothing is written and the write is a conflict. */
  readonly claims?: readonly IndexEntry[];
};

/** The inputs of a decision besides record and signal. */
export type Moment = {
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
};

/** An entry of an index, written together with the record that it is derived from. */
export type IndexEntry = {
  readonly key: Key;
  readonly value: JsonObject;
  readonly expires?: number;
  /** Only one record may have this entry. A second record that wants it is turned away. */
  readonly sole?: true;
};

/** JSON from the ledger, which was checked when it was written. */
export const storedJson = z.custom<Json>();
