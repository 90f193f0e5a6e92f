import type { JsonObject } from '../json.ts';

/**
 * The one table where Gluewright remembers what Step Functions does not. The port is small on purpose: DynamoDB and
 * SQLite both give it exactly, and one contract suite (`tests/shared/ledger/contract.ts`) runs on both.
 */
export interface Ledger {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | undefined>;
  /** The items of one partition in the order of their sort keys, strongly consistent, a page at a time. */
  list(partition: string, options?: ListOptions): Promise<Page>;
  /**
   * Writes all changes or none. Each requires that the item still has the version that the change expects.
   * At most 100 changes of different keys. @throws {Conflict} when an expectation does not hold;
   * @throws {ItemTooLarge} when an item is over 400 KB, DynamoDB's limit;
   * @throws {ThroughputExceeded} when the table is throttled: nothing was written.
   */
  write(changes: readonly Change[]): Promise<void>;
}

export type Key = { readonly partition: string; readonly sort: string };

/** `version` counts the item's writes, from 1. */
export type Item = { readonly key: Key; readonly version: number; readonly value: JsonObject };

export type ListOptions = {
  readonly prefix?: string;
  readonly limit?: number;
  readonly descending?: boolean;
  /** `next` of the previous page. */
  readonly from?: string;
};

export type Page = { readonly items: readonly Item[]; readonly next?: string };

/** `expect` 0: there is no such item yet. `value` undefined: the item is deleted. `expires`: epoch seconds, for TTL. */
export type Change = {
  readonly key: Key;
  readonly expect: number | 'any';
  readonly value: JsonObject | undefined;
  readonly expires?: number;
};

export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** A throttled transaction. For single writes the SDK's own throttling errors are thrown. */
export class ThroughputExceeded extends Error {
  override readonly name = 'ThroughputExceeded';
}

export class ItemTooLarge extends Error {
  override readonly name = 'ItemTooLarge';
}
