import * as z from 'zod/mini';
import { type PipelineTrigger, runEndStatuses } from '../../model/trigger.ts';
import { about, described, listOf, name, oneOf, oneOrMore } from '../../reading/fields.ts';
import { everyTrigger } from './shared-fields.ts';
import type { TriggerKind } from './trigger-kind.ts';

const otherPipeline = z.strictObject({
  name: described('The other pipeline', name, ['orders']),
  status: about('How the run ended; SUCCEEDED by default', oneOrMore(oneOf(runEndStatuses)), ['FAILED']),
});

const schema = z.strictObject({
  pipeline: described('A run of another pipeline ends', otherPipeline),
  ...everyTrigger,
});

/** A run of another pipeline ends. The new run gets its interval. */
export const pipeline = {
  schema,
  read({ pipeline: { name: other, status } }) {
    return { kind: 'pipeline', pipeline: other, statuses: status === undefined ? ['SUCCEEDED'] : listOf(status) };
  },
  check({ pipeline: { name: other } }, around) {
    if (other !== around.pipeline) return [];
    const message = 'the pipeline waits for itself: each run would start the next, without end';
    const remedy = 'name another pipeline, or remove the trigger';
    around.report({ path: ['pipeline', 'name'], code: 'own-pipeline', message, remedy });
    return [];
  },
  from: 'trigger',
  givesInterval: () => true,
  remedies: {
    param: () => 'give it a default',
    interval: () => 'add `interval` to the triggers of the pipeline that it waits for',
  },
  waitsFor: (trigger) => [{ kind: 'pipeline', name: trigger.pipeline, path: ['pipeline', 'name'] }],
  startedBy: (trigger, from) => (trigger.pipeline === from.name ? { by: 'its end', certain: true } : undefined),
  intervals: (trigger, { ofPipeline }) => ofPipeline(trigger.pipeline),
  uses: () => [],
  renamed: (trigger) => trigger,
  wakes: () => undefined,
  words: (trigger) => `a run of ${trigger.pipeline} ends`,
} satisfies TriggerKind<PipelineTrigger, z.output<typeof schema>>;
