import * as z from 'zod/mini';
import type { ItemSource } from '../../calls/own-call.ts';
import { isJsonObject, type Json, present } from '../../json.ts';
import { parseAddress } from '../../patterns/parse-address.ts';
import { dateItems } from '../../runs/map/date-items.ts';
import { mostItems } from '../../runs/map/map-record.ts';
import { readRows } from '../../runs/map/read-rows.ts';
import { sendCall } from '../../services/send-call.ts';
import type { System } from '../../services/system.ts';
import { RunRefused } from './run-refused.ts';

/** `label`: its name for people. */
export type SourceItem = { readonly item: Json; readonly label: string };

/** One more than a task may have is enough to refuse them. */
const most = mostItems + 1;

/** @returns at most one more than {@link mostItems} @throws {RunRefused} */
export async function sourceItems(system: System, over: ItemSource): Promise<SourceItem[]> {
  if ('dates' in over) {
    const { from, to, by } = over.dates;
    const items = dateItems(from, to, by, most);
    if (items === undefined) {
      throw new RunRefused(`over: from ${shown(from)} to ${shown(to)} is not a range of two dates or times`);
    }
    return items.map((item) => ({ item, label: item.date }));
  }
  if ('objects' in over) return listedObjects(system, over.objects);
  const list = 'rows' in over ? await rowsAt(system, over.rows) : over.list;
  if (!Array.isArray(list)) throw new RunRefused(`over: came to ${shown(list)}, which is not a list`);
  return list.slice(0, most).map((item: Json, index) => ({ item, label: labelOf(item, index) }));
}

const listing = z.object({
  Contents: z.optional(z.array(z.object({ Key: z.string(), Size: z.optional(z.number()) }))),
  NextContinuationToken: z.optional(z.string()),
});

/** Folder markers are not objects. A bucket is a folder, too. */
async function listedObjects(system: System, folder: Json): Promise<SourceItem[]> {
  const address = typeof folder === 'string' ? folder : '';
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(address) ?? [];
  if (bucket === undefined) throw new RunRefused(`over: came to ${shown(folder)}, which is not s3://BUCKET/FOLDER/`);
  const items: SourceItem[] = [];
  let next: string | undefined;
  do {
    const input = { Bucket: bucket, Prefix: prefix, ...present({ ContinuationToken: next }) };
    const page = listing.parse(await sendCall(system, { call: 's3:ListObjectsV2', input }));
    for (const { Key: key, Size: size = 0 } of page.Contents ?? []) {
      if (key.endsWith('/')) continue;
      const item = { address: `s3://${bucket}/${key}`, bucket, key, size };
      items.push({ item, label: cut(key.slice(prefix.lastIndexOf('/') + 1)) });
    }
    next = page.NextContinuationToken;
  } while (next !== undefined && items.length < most);
  return items;
}

/** Bytes. 10,000 rows of the largest size would not fit into one answer anyway. */
const mostRowBytes = 20 * 1024 * 1024;
const file = z.object({ text: z.optional(z.string()) });

async function rowsAt(system: System, address: Json): Promise<Json> {
  const { bucket, key } = addressOf(address);
  const input = { Bucket: bucket, Key: key, limit: mostRowBytes };
  const { text } = file.parse(await sendCall(system, { call: 's3:GetObject', input }));
  if (text === undefined) throw new RunRefused(`over: ${shown(address)} has more than ${mostRowBytes} bytes`);
  try {
    return readRows(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RunRefused(`over: cannot read the rows of ${shown(address)}: ${error.message}`);
  }
}

function addressOf(value: Json): { readonly bucket: string; readonly key: string } {
  const address = typeof value === 'string' ? parseAddress(value) : undefined;
  if (address === undefined) throw new RunRefused(`over: came to ${shown(value)}, which is not s3://BUCKET/KEY`);
  return address;
}

/** A text or a number names itself. Of a mapping, the first text does. Blank texts name nothing. */
function labelOf(item: Json, index: number): string {
  const isText = (value: Json): boolean => typeof value === 'string' && value.trim() !== '';
  const named = isJsonObject(item) ? Object.values(item).find(isText) : item;
  return named !== undefined && (isText(named) || typeof named === 'number') ? cut(String(named)) : `#${index}`;
}

function cut(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}

const mostCharacters = 60;

function shown(value: Json): string {
  return JSON.stringify(value).slice(0, 200);
}
