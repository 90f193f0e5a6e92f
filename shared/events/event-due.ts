import * as z from 'zod/mini';
import type { Json } from '../json.ts';
import { readEvent } from './read-event.ts';

const schema = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  event: z.object({
    id: z.string().check(z.minLength(1)),
    'detail-type': z.string(),
    source: z.string(),
    account: z.string(),
    time: z.string(),
    region: z.string(),
    resources: z.array(z.string()),
    detail: z.custom<Json>((detail) => detail !== undefined),
  }),
});

/** An event of the account that a trigger waits for. */
export type EventDue = z.output<typeof schema>;

/** @throws {UnreadableEvent} */
export function readEventDue(event: unknown): EventDue {
  return readEvent(schema, event);
}

/**
 * The input template of a rule's target. EventBridge puts the whole event, with its `detail`, in the place of the
 * variable. Source: EventBridge guide, input transformation.
 */
export function eventTemplate(pipeline: string, trigger: string): string {
  const names = `"pipeline": ${JSON.stringify(pipeline)}, "trigger": ${JSON.stringify(trigger)}`;
  return `{${names}, "event": <aws.events.event.json>}`;
}

/** The template with an event filled in. */
export function eventInput(pipeline: string, trigger: string, event: unknown) {
  return { pipeline, trigger, event };
}
