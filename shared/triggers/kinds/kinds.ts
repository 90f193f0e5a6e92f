import type * as z from 'zod/mini';
import type { Trigger, TriggerOf } from '../../model/trigger.ts';
import { choiceOf } from '../../reading/fields.ts';
import { api } from './api.ts';
import { datasets } from './datasets.ts';
import { event } from './event.ts';
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
  event,
} as const satisfies { readonly [K in Trigger['kind']]: TriggerKind<TriggerOf<K>, never> };

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

/** The names that triggers use of one sort of thing. May contain duplicates. */
export function namesUsed(triggers: readonly Trigger[], sort: Use['what']): string[] {
  const uses = triggers.flatMap((trigger) => triggerKind(trigger.kind).uses(trigger));
  return uses.flatMap(({ what, name }) => (what === sort ? [name] : []));
}

function isKind(name: string): name is Trigger['kind'] {
  return Object.hasOwn(triggerKinds, name);
}
