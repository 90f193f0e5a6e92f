import { currentInvocation } from '../local/lambda/invocation.ts';
import type { Change, Item, Ledger } from '../shared/ledger/ledger.ts';

/** The counts, by name. */
export type Counts = Map<string, number>;

export function count(counts: Counts, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

export type LedgerMeter = {
  /** Units as DynamoDB counts them, by the function that asked. */
  readonly read: Counts;
  readonly written: Counts;
  /** Units written, by partition. */
  readonly partitions: Counts;
};

const caller = (): string => currentInvocation()?.name ?? 'nobody';

/**
 * The ledger with a meter. A strongly consistent read costs a unit for each 4 KB of the whole page. A write costs a
 * unit for each KB of an item, or two in a transaction, which every write of several items is.
 */
export function meteredLedger(ledger: Ledger, meter: LedgerMeter): Ledger {
  const readUnits = (items: readonly Item[]): number =>
    Math.max(1, Math.ceil(items.reduce((sum, item) => sum + bytesOf(item), 0) / 4096));
  return {
    async get(key) {
      const item = await ledger.get(key);
      count(meter.read, caller(), readUnits(item === undefined ? [] : [item]));
      return item;
    },
    async list(partition, options) {
      const page = await ledger.list(partition, options);
      count(meter.read, caller(), readUnits(page.items));
      return page;
    },
    async write(changes) {
      await ledger.write(changes);
      for (const change of changes) {
        const units = Math.ceil(Math.max(1, bytesOf(change)) / 1024) * (changes.length > 1 ? 2 : 1);
        count(meter.written, caller(), units);
        count(meter.partitions, change.key.partition, units);
      }
    },
  };
}

/** The length of a task token on AWS. Tokens of the embedded engine are shorter. */
const tokenLength = 700;

export function bytesOf({ key, value }: Pick<Item | Change, 'key' | 'value'>): number {
  const asOnAws = (name: string, part: unknown): unknown =>
    name === 'token' && typeof part === 'string' ? part.padEnd(tokenLength) : part;
  const text = value === undefined ? '' : JSON.stringify(value, asOnAws);
  return Buffer.byteLength(key.partition) + Buffer.byteLength(key.sort) + Buffer.byteLength(text);
}

export function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}
