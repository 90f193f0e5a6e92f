import type * as z from 'zod/mini';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Trigger } from '../../model/trigger.ts';
import { choiceOf } from '../../reading/fields.ts';
import { api } from './api.ts';
import { datasets } from './datasets.ts';
import { glueJob } from './glue-job.ts';
import { pipeline } from './pipeline.ts';
import { s3 } from './s3.ts';
import { schedule } from './schedule.ts';
import type { TriggerKind, Use } from './trigger-kind.ts';

/** Every kind of trigger, by the key that names it in a pipeline file. */
export const triggerKinds = {
  schedule,
  s3,
  api,
  datasets,
  'glue-job': glueJob,
  pipeline,
} as const satisfies { readonly [K in Trigger['kind']]: TriggerKind<TriggerOf<K>, never> };

export type TriggerOf<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>;

/** A trigger as the pipeline file writes it: exactly one kind's keys. */
export const triggerSchema = choiceOf('a trigger', triggerKinds);
export type WrittenTrigger = z.output<typeof triggerSchema>;

export function triggerKind(name: Trigger['kind']): TriggerKind<Trigger, WrittenTrigger> {
  return triggerKinds[name];
}

/** The kind that a written trigger names. */
export function kindOfWritten(written: WrittenTrigger): Trigger['kind'] {
  for (const name of Object.keys(triggerKinds)) if (isKind(name) && Object.hasOwn(written, name)) return name;
  throw new TypeError('a trigger that was read names a kind');
}

/** The names that triggers use of one sort of thing. May hold a name twice. */
export function namesUsed(triggers: readonly Trigger[], sort: Use['what']): string[] {
  const uses = triggers.flatMap((trigger) => triggerKind(trigger.kind).uses(trigger));
  return uses.flatMap(({ what, name }) => (what === sort ? [name] : []));
}

/** The triggers of one kind, with their names. */
export function triggersOf<K extends Trigger['kind']>(
  { triggers }: Pick<Pipeline, 'triggers'>,
  kind: K,
): (readonly [string, TriggerOf<K>])[] {
  return Object.entries(triggers).flatMap(([name, trigger]) => (isOf(trigger, kind) ? [[name, trigger] as const] : []));
}

function isOf<K extends Trigger['kind']>(trigger: Trigger, kind: K): trigger is TriggerOf<K> {
  return trigger.kind === kind;
}

function isKind(name: string): name is Trigger['kind'] {
  return Object.hasOwn(triggerKinds, name);
}
