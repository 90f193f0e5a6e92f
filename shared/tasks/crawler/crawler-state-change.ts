import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import type { WorkEvent } from '../kind/work-state.ts';

const schema = z.object({
  'detail-type': z.literal('Glue Crawler State Change'),
  source: z.literal('aws.glue'),
  detail: z.object({ crawlerName: z.string(), state: z.string(), errorMessage: z.optional(z.string()) }),
});

/** The event names only the crawler. @throws {UnreadableEvent} */
export function readCrawlerStateChange(event: unknown): WorkEvent {
  const { crawlerName: name, state: says, errorMessage: message } = readEvent(schema, event).detail;
  if (says === 'Started') return { name, state: { is: 'open', says } };
  if (says === 'Succeeded') return { name, state: { is: 'succeeded', says } };
  return { name, state: { is: says === 'Failed' ? 'failed' : 'stopped', says, ...present({ message }) } };
}
