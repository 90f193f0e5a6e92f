import { present } from '../json.ts';
import { itemsOf } from './items-of.ts';
import type { Item, Key, Ledger, ListOptions } from './ledger.ts';

/**
 * Lists that every run writes to lie in several partitions: DynamoDB writes a thousand units a second to one partition, and
 * a few hundred tasks that begin in one second would come to that. What belongs to one owner lies in one of them.
 */
export type Shards = {
  readonly partitions: readonly string[];
  readonly partitionOf: (owner: string) => string;
  readonly key: (owner: string, sort: string) => Key;
};

/** Each is read at least once by every sweep, whether there is something in it or not. */
const count = 8;

export function shards(name: string): Shards {
  const partitions = Array.from({ length: count }, (_, shard) => `${name}#${shard}`);
  const partitionOf = (owner: string): string => `${name}#${hash(owner) % count}`;
  return { partitions, partitionOf, key: (owner, sort) => ({ partition: partitionOf(owner), sort }) };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Where a reader of all shards continues: `PARTITION/SORT`. */
export function placeOf({ key }: Item): string {
  return `${key.partition}/${key.sort}`;
}

/**
 * Up to `limit` items of all shards, one shard after the other.
 *
 * @param from `next` of the page before, or the place of an item
 */
export async function pageOf(
  ledger: Pick<Ledger, 'list'>,
  { partitions }: Shards,
  { limit, from }: { readonly limit: number; readonly from?: string },
): Promise<{ readonly items: readonly Item[]; readonly next?: string }> {
  const slash = from?.indexOf('/') ?? -1;
  const first = slash < 0 ? 0 : Math.max(0, partitions.indexOf(from?.slice(0, slash) ?? ''));
  const items: Item[] = [];
  for (const partition of partitions.slice(first)) {
    const after = partition === partitions[first] && slash >= 0 ? from?.slice(slash + 1) : undefined;
    // an empty sort key is that of a shard that has not been begun
    const options = { limit: limit - items.length, ...present({ from: after === '' ? undefined : after }) };
    const page = await ledger.list(partition, options);
    items.push(...page.items);
    const last = items.at(-1);
    if (page.next !== undefined) return { items, next: `${partition}/${page.next}` };
    const following = partitions[partitions.indexOf(partition) + 1];
    if (items.length >= limit && last !== undefined && following !== undefined) return { items, next: `${following}/` };
  }
  return { items };
}

/** The first items of all shards together, by their sort keys. */
export async function firstOf(
  ledger: Pick<Ledger, 'list'>,
  { partitions }: Shards,
  limit: number,
): Promise<readonly Item[]> {
  const pages = await Promise.all(partitions.map((partition) => ledger.list(partition, { limit })));
  const items = pages.flatMap((page) => page.items);
  return items.sort((a, b) => (a.key.sort < b.key.sort ? -1 : a.key.sort > b.key.sort ? 1 : 0)).slice(0, limit);
}

/** All items of all shards. */
export async function* allOf(
  ledger: Pick<Ledger, 'list'>,
  { partitions }: Shards,
  options: ListOptions = {},
): AsyncGenerator<Item, void> {
  for (const partition of partitions) yield* itemsOf(ledger, partition, options);
}

export async function listOf(ledger: Pick<Ledger, 'list'>, all: Shards, options: ListOptions = {}): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of allOf(ledger, all, options)) items.push(item);
  return items;
}
