import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Advice, noAdvice } from './advice.ts';
import { describe } from './describe.ts';
import { choices, hints, lists } from './fields.ts';
import type { Report } from './finding.ts';
import { formatPath, type Path } from './finding.ts';
import type { Nearest } from './nearest.ts';

/**
 * Reports every mistake in a document's shape, and returns the valid parts, so that the other checks can continue. A
 * schema's own `parse` stops at the first wrong key of a record and lists every member of a union.
 */
export function readShape(
  schema: unknown,
  root: Json,
  report: Report,
  nearest: Nearest,
  advice: Advice = noAdvice,
): Json | undefined {
  function readObject(shape: z.core.$ZodShape, found: JsonObject, path: Path, complete = true): JsonObject {
    for (const [key, schema] of Object.entries(shape)) {
      if (!complete || schema instanceof z.ZodMiniOptional || Object.hasOwn(found, key)) continue;
      // a misspelt key is reported as unknown, with the right one
      if (Object.keys(found).some((other) => !Object.hasOwn(shape, other) && nearest.of(other, [key]) === key))
        continue;
      const remedy = `add \`${key}:\`, ${hintOf(schema).expected}`;
      report({ path, key: true, code: 'missing-key', message: `${nameOf(path)} has no \`${key}\``, remedy });
    }
    const written = Object.keys(found);
    return readEntries(found, path, (key) => {
      const schema = shape[key];
      if (schema !== undefined && Object.hasOwn(shape, key)) return schema;
      const advised = advice.unknownKey([...path, key], found[key] ?? null, written);
      const remedy = advised?.remedy ?? nearest.remedy(key, Object.keys(shape), 'remove it');
      const message = advised?.message ?? `unknown key \`${key}\``;
      report({ path: [...path, key], key: true, code: 'unknown-key', message, remedy });
      return undefined;
    });
  }

  function readEntries(found: JsonObject, path: Path, schemaOf: (key: string) => unknown): JsonObject {
    const entries = Object.entries(found).flatMap(([key, value]) => {
      const schema = schemaOf(key);
      const read = schema === undefined ? undefined : readAny(schema, value, [...path, key]);
      return read === undefined ? [] : [[key, read] as const];
    });
    return Object.fromEntries(entries);
  }

  function readItems(item: unknown, found: readonly Json[], path: Path): Json[] {
    return found.flatMap((value, at) => readAny(item, value, [...path, at]) ?? []);
  }

  function readChoice(schema: z.core.$ZodType, found: JsonObject, path: Path): Json {
    const { noun, members } = choices.get(schema) ?? { noun: '', members: {} };
    const written = Object.keys(found);
    const named = written.filter((key) => Object.hasOwn(members, key));
    const list = Object.keys(members).map((key) => `\`${key}\``);
    const [only, other] = named;
    const all: z.core.$ZodShape = Object.assign({}, ...Object.values(members).map((member) => member.def.shape));
    if (only !== undefined && other === undefined) return readObject(members[only]?.def.shape ?? {}, found, path);
    if (other !== undefined) {
      const message = `${noun} has exactly one of ${list.join(', ')}; here are ${named.map((key) => `\`${key}\``).join(' and ')}`;
      report({
        path: [...path, other],
        key: true,
        code: 'which-kind',
        message,
        remedy: 'split it up, or remove one of the keys',
      });
    } else {
      // a misspelt kind is reported as an unknown key with the right one, which is enough
      const unknown = written.filter((key) => !Object.hasOwn(all, key));
      const misspelt = unknown.some(
        (key) =>
          nearest.of(key, Object.keys(members)) !== undefined ||
          advice.unknownKey([...path, key], found[key] ?? null, written)?.namesKind === true,
      );
      const [kind, ...others] = Object.keys(members);
      const [wants, remedy] =
        others.length > 0
          ? [`one of ${list.join(', ')}`, `add one of ${list.join(', ')}`]
          : [`a \`${kind}\``, `add \`${kind}: NAME\``];
      const message = `\`${formatPath(path)}\` does not say its kind: ${noun} has ${wants}`;
      if (!misspelt) report({ path, key: true, code: 'which-kind', message, remedy });
    }
    return readObject(all, found, path, false);
  }

  function wrong(found: Json, path: Path, expected: string, remedy: string): undefined {
    const advised = advice.wrongValue(path, found);
    report({
      path,
      code: 'wrong-type',
      message: advised?.message ?? `${nameOf(path)} should be ${expected}, but is ${describe(found)}`,
      remedy: advised?.remedy ?? remedy,
    });
  }

  function readAny(schema: unknown, found: Json, path: Path): Json | undefined {
    if (schema instanceof z.ZodMiniOptional) return readAny(schema.def.innerType, found, path);
    if (schema instanceof z.ZodMiniObject || schema instanceof z.ZodMiniRecord) {
      if (!isJsonObject(found)) return wrong(found, path, hintOf(schema).expected, mappingRemedy(found));
      if (schema instanceof z.ZodMiniObject) return readObject(schema.def.shape, found, path);
      return readEntries(found, path, (key) =>
        readKey(schema.def.keyType, key, path) ? schema.def.valueType : undefined,
      );
    }
    if (schema instanceof z.ZodMiniArray) {
      if (!Array.isArray(found)) return wrong(found, path, 'a list', listRemedy(found));
      return readItems(schema.def.element, found, path);
    }
    if (schema instanceof z.ZodMiniUnion && choices.has(schema)) {
      const noun = choices.get(schema)?.noun ?? '';
      if (!isJsonObject(found)) return wrong(found, path, `${noun}, with keys and values`, belowIt);
      return readChoice(schema, found, path);
    }
    if (schema instanceof z.ZodMiniUnion && lists.has(schema)) {
      const item = lists.get(schema);
      if (Array.isArray(found)) return readItems(item, found, path);
      if (!isJsonObject(found)) return readAny(item, found, path);
      return wrong(
        found,
        path,
        `${hintOf(item).expected}, or a list of such`,
        'write one, or several in brackets: [A, B]',
      );
    }
    if (schema instanceof z.ZodMiniType && z.safeParse(schema, found).success) return found;
    const { expected, remedy } = hintOf(schema);
    const meant = typeof found === 'string' ? nearest.of(found, valuesOf(schema)) : undefined;
    return wrong(found, path, expected, meant === undefined ? remedy : `did you mean \`${meant}\`?`);
  }

  function readKey(schema: unknown, key: string, path: Path): boolean {
    if (!(schema instanceof z.ZodMiniType) || z.safeParse(schema, key).success) return true;
    const { expected, remedy: otherwise } = hintOf(schema);
    const plain = plainName(key);
    const advised = advice.badName?.([...path, key]);
    const renamed = plain !== key && z.safeParse(schema, plain).success ? `write \`${plain}\`` : otherwise;
    const message = advised?.message ?? `\`${key}\` is not ${expected}`;
    report({ path: [...path, key], key: true, code: 'bad-name', message, remedy: advised?.remedy ?? renamed });
    return false;
  }

  return readAny(schema, root, []);
}

/** A mapping that {@link readShape} returned, or an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A similar name of plain letters, digits and hyphens. */
export function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^[^A-Za-z]+|-+$/g, '');
}

/** The choices of an enumeration, alone or in a union. */
function valuesOf(schema: unknown): string[] {
  if (schema instanceof z.ZodMiniUnion) return schema.def.options.flatMap(valuesOf);
  return schema instanceof z.ZodMiniEnum ? Object.keys(schema.def.entries) : [];
}

function hintOf(schema: unknown): { expected: string; remedy: string } {
  const hint = schema instanceof z.ZodMiniType ? hints.get(schema) : undefined;
  if (hint !== undefined) return hint;
  const item = schema instanceof z.ZodMiniUnion ? lists.get(schema) : undefined;
  if (item !== undefined) return hintOf(item);
  const keys = schema instanceof z.ZodMiniObject ? Object.keys(schema.def.shape).map((key) => `\`${key}\``) : [];
  const mapping = keys.length === 0 ? 'a mapping of names' : `a mapping with ${keys.join(', ')}`;
  return { expected: schema instanceof z.ZodMiniArray ? 'a list' : mapping, remedy: 'see docs/pipelines.md' };
}

const belowIt = 'write keys and values below it';

function mappingRemedy(found: Json): string {
  return Array.isArray(found) ? 'write names with their values: { NAME: VALUE }' : belowIt;
}

function listRemedy(found: Json): string {
  if (isJsonObject(found)) return 'write values without names, in brackets: [VALUE, …]';
  return found === null
    ? 'write the values in brackets: [VALUE, …]'
    : `write it in brackets: [${JSON.stringify(found)}]`;
}

function nameOf(path: Path): string {
  return path.length === 0 ? 'the file' : `\`${formatPath(path)}\``;
}
