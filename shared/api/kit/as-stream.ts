import type { EventList } from '../../views/why/event-view.ts';
import type { ApiAnswer } from './api-answer.ts';

/**
 * Milliseconds after which a browser reconnects. A function answers and ends, and the next one continues the stream.
 */
const retry = 1_000;

/**
 * Events as `text/event-stream`. `settled` follows the very last event; a caller who asks again then gets 204, which
 * ends a browser's stream.
 */
export function asStream({ events, settled }: EventList): ApiAnswer {
  if (settled && events.length === 0) return { statusCode: 204, headers: {}, body: '' };
  const told = events.map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
  // a comment keeps the connection alive
  const rest = settled ? 'event: settled\ndata: {}\n\n' : events.length === 0 ? ': nothing new\n\n' : '';
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    body: `retry: ${retry}\n\n${told.join('')}${rest}`,
  };
}
