import * as z from 'zod/mini';
import { kinds } from '../../tasks/kinds.ts';
import { triggerSchema } from '../../triggers/kinds/kinds.ts';
import { commonFields, param, pipelineFile } from '../file/schema.ts';
import { printType } from './print-types.ts';

/** The text of `builder-fields.ts`: the pipeline file's keys as types, with comments for editors. */
export function builderTypes(): string {
  const tasks = Object.values(kinds).map(({ file }) => typeOf(z.object(file.fields)));
  return `// Written by \`npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u\` from the schema of the pipeline file.
import type { Json } from '../../json.ts';
import type { Duration, Expression } from './builder-texts.ts';

export type PipelineFields = ${typeOf(z.omit(pipelineFile, { tasks: true, params: true, triggers: true }))};

export type ParamFields = ${typeOf(z.omit(param, { type: true, default: true }))};

export type TriggerFields =
${union(triggerSchema.def.options.map(typeOf))};

export type TaskFields = ${typeOf(commonFields)};

/** Exactly one kind's own fields. */
export type KindFields =
${union(tasks)};
`;
}

function union(members: readonly string[]): string {
  return members.map((member) => `  | ${member.replaceAll('\n', '\n    ')}`).join('\n');
}

function typeOf(schema: z.ZodMiniType): string {
  return printType(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}
