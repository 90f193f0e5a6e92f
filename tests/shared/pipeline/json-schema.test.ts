import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { jobsJsonSchema, pipelineJsonSchema } from '../../../shared/pipeline/json-schema.ts';

// `npx vitest run tests/shared/pipeline/json-schema.test.ts -u` writes them anew.
test.each([
  ['pipeline.schema.json', pipelineJsonSchema],
  ['jobs.schema.json', jobsJsonSchema],
])('docs/%s matches the schema', async (name, schema) => {
  const file = resolve(import.meta.dirname, '../../../docs', name);
  await expect(`${JSON.stringify(schema(), null, 2)}\n`).toMatchFileSnapshot(file);
});

const node = z.looseObject({
  description: z.optional(z.string()),
  examples: z.optional(z.array(z.unknown())),
  enum: z.optional(z.array(z.unknown())),
  const: z.optional(z.unknown()),
  type: z.optional(z.unknown()),
  properties: z.optional(z.record(z.string(), z.unknown())),
  $ref: z.optional(z.string()),
});
type Node = z.output<typeof node>;

/** Returns every key of a schema with its own schema and the one that it refers to. */
function keysOf(schema: unknown, root: unknown, place = ''): readonly (readonly [string, readonly Node[]])[] {
  if (Array.isArray(schema)) return schema.flatMap((one, at) => keysOf(one, root, `${place}/${at}`));
  const read = z.safeParse(node, schema).data;
  if (read === undefined) return [];
  const { properties = {}, ...rest } = read;
  const below = Object.entries(properties).flatMap(([name, one]) => {
    const key = `${place}/${name}`;
    const own = node.parse(one);
    return [[key, [own, ...referredTo(own, root)]] as const, ...keysOf(one, root, key)];
  });
  return [...below, ...Object.entries(rest).flatMap(([name, one]) => keysOf(one, root, `${place}/${name}`))];
}

function referredTo({ $ref }: Node, root: unknown): readonly Node[] {
  if ($ref === undefined) return [];
  const found = $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => z.safeParse(z.record(z.string(), z.unknown()), at).data?.[part], root);
  return [node.parse(found)];
}

/** Enums, objects with known keys, and booleans need no example. */
const explains = (one: Node): boolean =>
  one.examples !== undefined ||
  one.enum !== undefined ||
  one.const !== undefined ||
  one.properties !== undefined ||
  one.type === 'boolean';

test.each([
  ['pipeline.schema.json', pipelineJsonSchema],
  ['jobs.schema.json', jobsJsonSchema],
])('every key of docs/%s has a hover text and an example', (_name, schema) => {
  const root = schema();
  const keys = keysOf(root, root);
  expect(keys.length).toBeGreaterThan(30);
  expect(keys.filter(([, all]) => !all.some((one) => one.description !== undefined)).map(([key]) => key)).toEqual([]);
  expect(keys.filter(([, all]) => !all.some(explains)).map(([key]) => key)).toEqual([]);
});
