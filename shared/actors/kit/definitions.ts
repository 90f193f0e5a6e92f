import { deflateSync, inflateSync } from 'node:zlib';
import * as z from 'zod/mini';
import { isJsonObject } from '../../json.ts';
import { digest } from '../../ledger/digest.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { definitionKey } from '../../ledger/ledger-keys.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { System } from '../../services/system.ts';

/** Characters. An item has room for 400 KB. */
const partLength = 300_000;

const part = z.object({ text: z.string(), parts: z.number() });

const digests = new WeakMap<Pipeline, string>();
const noted = new WeakMap<Ledger, Set<string>>();

/** Identifies a definition by its content. */
export function definitionDigest(pipeline: Pipeline): string {
  const known = digests.get(pipeline) ?? digest(JSON.stringify(pipeline));
  digests.set(pipeline, known);
  return known;
}

/**
 * Keeps the pipeline's current definition, so that later views of its runs show what they were started with. Each
 * definition is written once.
 *
 * @returns its digest. Undefined: this catalog has no such pipeline
 */
export async function noteDefinition(
  { ledger, catalog }: Pick<System, 'ledger' | 'catalog'>,
  name: string,
): Promise<string | undefined> {
  const pipeline = catalog.byName(name)?.pipeline;
  if (pipeline === undefined) return undefined;
  const known = definitionDigest(pipeline);
  const here = noted.get(ledger) ?? new Set();
  noted.set(ledger, here);
  if (here.has(known)) return known;
  if ((await ledger.get(definitionKey(name, known, 0))) === undefined) await write(ledger, pipeline, known);
  here.add(known);
  return known;
}

/** The first part is written last: if it exists, all parts do. */
async function write(ledger: Ledger, pipeline: Pipeline, known: string): Promise<void> {
  const text = deflateSync(JSON.stringify(pipeline)).toString('base64');
  const parts = Math.ceil(text.length / partLength);
  for (let number = parts - 1; number >= 0; number -= 1) {
    const value = { text: text.slice(number * partLength, (number + 1) * partLength), parts };
    await ledger.write([{ key: definitionKey(pipeline.name, known, number), expect: 'any', value }]);
  }
}

/** Undefined: the definition was not kept. */
export async function readDefinition(ledger: Ledger, name: string, known: string): Promise<Pipeline | undefined> {
  let text = '';
  let parts = 1;
  for (let number = 0; number < parts; number += 1) {
    const item = await ledger.get(definitionKey(name, known, number));
    if (item === undefined) return undefined;
    const read = part.parse(item.value);
    text += read.text;
    parts = read.parts;
  }
  return stored.parse(JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString('utf8')));
}

/** We wrote it ourselves, from a checked pipeline. */
const stored = z.custom<Pipeline>((value) => isJsonObject(value) && value.name !== undefined);
