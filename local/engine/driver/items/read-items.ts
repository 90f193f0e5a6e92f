import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { asJson, parseJson } from '../../data/json-text.ts';
import type { ItemSource } from '../../frames/command.ts';
import type { ObjectStore } from '../../ports/engine-options.ts';
import { ItemReaderFailed } from './item-reader-failed.ts';
import { parseCsv } from './parse-csv.ts';

/** Limit for items to read (Step Functions guide, ItemReader). */
const mostItems = 100_000_000;

/** The items that an `ItemReader` points to. @throws {ItemReaderFailed} */
export async function readItems(objects: ObjectStore | undefined, source: ItemSource): Promise<readonly Json[]> {
  const { maxItems = 0 } = source;
  if (maxItems < 0) throw new ItemReaderFailed('field MaxItems must be positive');
  if (objects === undefined) throw new ItemReaderFailed('There is no object store to read from.');
  if (source.config.ManifestType !== undefined) throw new ItemReaderFailed('ManifestType is not supported here.');
  const all = source.resource.includes('listObjects')
    ? await listed(objects, source)
    : itemsIn(await textOf(objects, source.arguments), source.config);
  return maxItems === 0 ? all : all.slice(0, Math.min(maxItems, mostItems));
}

/** The listing's entries, or with `LOAD_AND_FLATTEN` the items of all its objects. */
async function listed(objects: ObjectStore, { arguments: where, config }: ItemSource): Promise<readonly Json[]> {
  const { Bucket, Prefix } = where;
  const found = await objects.list(String(Bucket), typeof Prefix === 'string' ? Prefix : '');
  if (config.Transformation !== 'LOAD_AND_FLATTEN') {
    return found.map(({ key, size, etag, lastModified }) => ({
      Etag: etag,
      Key: key,
      LastModified: lastModified,
      Size: size,
      StorageClass: 'STANDARD',
    }));
  }
  const items: (readonly Json[])[] = [];
  for (const { key } of found) items.push(itemsIn(await textOf(objects, { ...where, Key: key }), config));
  return items.flat();
}

async function textOf(objects: ObjectStore, { Bucket, Key }: JsonObject): Promise<string> {
  const body = await objects.get(String(Bucket), String(Key));
  if (body === undefined) throw new ItemReaderFailed('The specified key does not exist.');
  return new TextDecoder().decode(body);
}

/** Parses the items of a text as the reader's config says. @throws {ItemReaderFailed} */
export function itemsIn(text: string, config: JsonObject): readonly Json[] {
  const { InputType } = config;
  if (InputType === 'CSV') return parseCsv(text, config);
  if (InputType === 'JSONL') return lines(text);
  if (InputType !== 'JSON') throw new ItemReaderFailed(`Unsupported InputType: ${String(InputType)}`);
  const document = pointed(parsed(text), config.ItemsPointer);
  if (Array.isArray(document)) return document;
  if (config.ItemsPointer !== undefined && document !== undefined && isJsonObject(document)) {
    return Object.entries(document).map(([Key, Value]) => ({ Key, Value }));
  }
  throw new ItemReaderFailed('Attempting to map over non-iterable node.');
}

function lines(text: string): readonly Json[] {
  return text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [parsed(line)]));
}

export function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch (thrown) {
    throw new ItemReaderFailed(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** A JSON Pointer (RFC 6901). */
export function pointed(document: Json, pointer: Json | undefined): Json | undefined {
  if (typeof pointer !== 'string') return document;
  let value: unknown = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return value === undefined ? undefined : asJson(value);
}
