import * as z from 'zod/mini';
import { kinds } from '../../tasks/kinds.ts';
import { triggerSchema } from '../../triggers/kinds/kinds.ts';
import { commonFields, param, pipelineFile } from '../file/schema.ts';
import { printType } from './print-types.ts';

const head = `// Written by \`npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u\` from the schema of the pipeline file.
import type { Json } from '../../json.ts';
import type { Duration, Expression } from './builder-texts.ts';
`;

/** The text of `builder-fields.ts`: the pipeline file's keys as types, with comments for editors. */
export function builderTypes(): string {
  return `${head}
export type PipelineFields = ${typeOf(z.omit(pipelineFile, { tasks: true, params: true, triggers: true }))};

export type ParamFields = ${typeOf(z.omit(param, { type: true, default: true }))};

export type TriggerFields =
${union(triggerSchema.def.options.map(typeOf))};

export type TaskFields = ${typeOf(commonFields)};
`;
}

/** The text of `kind-fields.ts`: the keys of each kind of task as a type. */
export function kindTypes(): string {
  return `${head}
/** Exactly one kind's own fields. */
export type KindFields =
${union(Object.values(kinds).map(({ file }) => typeOf(z.object(file.fields))))};
`;
}

function union(members: readonly string[]): string {
  return members.map((member) => `  | ${member.replaceAll('\n', '\n    ')}`).join('\n');
}

function typeOf(schema: z.ZodMiniType): string {
  return printType(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}
