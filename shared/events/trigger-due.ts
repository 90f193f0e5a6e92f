import { isJsonObject } from '../json.ts';
import { type EventDue, readEventDue } from './event-due.ts';
import { readScheduleDue, type ScheduleDue } from './schedule-due.ts';

/** What `on-trigger` is invoked with. @throws {UnreadableEvent} */
export function readTriggerDue(event: unknown): EventDue | ScheduleDue {
  return isJsonObject(event) && 'event' in event ? readEventDue(event) : readScheduleDue(event);
}
