import { present } from '../json.ts';
import type { Item, Ledger, ListOptions } from './ledger.ts';

/** All items of a partition in the order of their sort keys. The next page is read when the previous one is used up. */
export async function* itemsOf(
  ledger: Pick<Ledger, 'list'>,
  partition: string,
  { from: first, ...options }: ListOptions = {},
): AsyncGenerator<Item, void> {
  let from = first;
  do {
    const page = await ledger.list(partition, { ...options, ...present({ from }) });
    yield* page.items;
    from = page.next;
  } while (from !== undefined);
}
