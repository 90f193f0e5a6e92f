import type * as z from 'zod/mini';
import type { Item, Key, Ledger } from './ledger.ts';

/** A stored item that its schema refuses: another version of Gluewright, or somebody else, wrote it. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** @throws {UnreadableRecord} naming the item, which the schema's own error does not know */
export function parseRecord<Schema extends z.ZodMiniType>(schema: Schema, { key, value }: Item): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'item'}: ${message}`);
  throw new UnreadableRecord(`cannot read ${key.partition} ${key.sort}: ${wrong.join(', ')}`, { cause: read.error });
}

/** Undefined: there is no such item. @throws {UnreadableRecord} */
export async function readRecord<Schema extends z.ZodMiniType>(
  ledger: Pick<Ledger, 'get'>,
  key: Key,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const item = await ledger.get(key);
  return item === undefined ? undefined : parseRecord(schema, item);
}
