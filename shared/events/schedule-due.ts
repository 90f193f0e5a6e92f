import * as z from 'zod/mini';
import { readEvent } from './read-event.ts';

/** The target input of our schedules. EventBridge Scheduler fills in the time. */
export type ScheduleDue = {
  readonly pipeline: string;
  readonly trigger: string;
  /** When the schedule was due, even if delivered later. Epoch milliseconds. */
  readonly scheduledTime: number;
};

/** The years that a schedule may name. */
const [first, last] = [Date.UTC(1970, 0), Date.UTC(2200, 0)];

const schema = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  scheduledTime: z.string().check(z.refine((text) => Date.parse(text) >= first && Date.parse(text) < last)),
});

/** @throws {UnreadableEvent} */
export function readScheduleDue(event: unknown): ScheduleDue {
  const { scheduledTime, ...due } = readEvent(schema, event);
  return { ...due, scheduledTime: Date.parse(scheduledTime) };
}

/** The input as the schedule is deployed with it. Source: Scheduler guide, context attributes. */
export function scheduleInput(pipeline: string, trigger: string, scheduledTime = '<aws.scheduler.scheduled-time>') {
  return { pipeline, trigger, scheduledTime };
}
