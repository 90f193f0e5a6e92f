import { type Change, ItemTooLarge } from './ledger.ts';

/** DynamoDB's limit of an item, attribute names included. */
const limit = 400 * 1024;
const attributeNames = 100;

/**
 * An item's value as both adapters store it: as text, since DynamoDB's own maps nest at most 32 levels.
 *
 * @throws {ItemTooLarge}
 */
export function encodeItem(change: Change): string {
  const text = JSON.stringify(change.value);
  const bytes = Buffer.byteLength(change.key.partition) + Buffer.byteLength(change.key.sort) + Buffer.byteLength(text);
  if (bytes + attributeNames > limit) {
    throw new ItemTooLarge(
      `${change.key.partition} ${change.key.sort}: ${bytes} bytes, over ${limit - attributeNames}`,
    );
  }
  return text;
}

/** The most changes that DynamoDB takes in one transaction. */
export const changesLimit = 100;
