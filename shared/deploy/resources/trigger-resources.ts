import type { Pipeline } from '../../model/pipeline.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { Digest } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { eventTriggerRule } from './event-trigger-resources.ts';
import { scheduleResources } from './schedule-resources.ts';

/**
 * Resources of one pipeline's triggers: a schedule, or a rule if the kind has a pattern. Other kinds share resources
 * of the stack (`arrivals.ts`, `api-resources.ts`, `subscriptions.ts`), or follow from the ledger.
 */
export function triggerResources(
  { name: pipeline, triggers }: Pipeline,
  stack: string,
  digest: Digest,
): Record<string, Resource> {
  return Object.assign(
    {},
    ...Object.entries(triggers).map(([name, trigger]): Record<string, Resource> => {
      const place = { pipeline, name, stack, digest };
      if (trigger.kind === 'schedule') return scheduleResources(place, trigger);
      const pattern = triggerKind(trigger.kind).wakes(trigger);
      return pattern === undefined ? {} : eventTriggerRule(place, pattern);
    }),
  );
}
