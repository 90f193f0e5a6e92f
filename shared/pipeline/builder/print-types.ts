import type { core } from 'zod/mini';
import { durationPattern } from '../../units/duration.ts';

type Schema = core.JSONSchema.JSONSchema;

/** Types that their JSON Schemas tell apart. */
const namedPatterns: Readonly<Record<string, string>> = {
  [durationPattern.source]: 'Duration',
  '^\\{%[\\s\\S]*%\\}$': 'Expression',
};

/** A JSON Schema as a TypeScript type, with the descriptions as comments and the first examples beside them. */
export function printType(schema: core.JSONSchema._JSONSchema, indent = ''): string {
  if (typeof schema === 'boolean') return 'Json';
  if (schema.anyOf !== undefined) return printUnion(schema.anyOf, indent);
  if (schema.const !== undefined) return printValue(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(printValue).join(' | ');
  if (schema.type === 'array') return printList(schema, indent);
  if (schema.type === 'object') return printObject(schema, indent);
  if (schema.type === 'string') return namedPatterns[schema.pattern ?? ''] ?? 'string';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  return schema.type === 'boolean' ? 'boolean' : 'Json';
}

function printUnion(members: readonly core.JSONSchema._JSONSchema[], indent: string): string {
  return [...new Set(members.map((member) => printType(member, indent)))].join(' | ');
}

function printList({ items }: Schema, indent: string): string {
  const item = items === undefined || Array.isArray(items) ? 'Json' : printType(items, indent);
  return /[|{]/.test(item) ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function printObject({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (properties === undefined) {
    const value = additionalProperties === undefined ? 'Json' : printType(additionalProperties, indent);
    return `{ readonly [name: string]: ${value} }`;
  }
  const inner = `${indent}  `;
  const members = Object.entries(properties).flatMap(([name, schema]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
    const mark = required.includes(name) ? '' : '?';
    return [...printComment(schema, inner), `${inner}readonly ${key}${mark}: ${printType(schema, inner)};`];
  });
  return ['{', ...members, `${indent}}`].join('\n');
}

function printComment(schema: core.JSONSchema._JSONSchema, indent: string): string[] {
  if (typeof schema === 'boolean' || schema.description === undefined) return [];
  const [example] = schema.examples ?? [];
  const shown = example === undefined ? '' : ` — for example \`${JSON.stringify(example)}\``;
  // A pattern in an example may end the comment.
  return [`${indent}/** ${`${schema.description}${shown}`.replaceAll('*/', '*\u200b/')} */`];
}

function printValue(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
