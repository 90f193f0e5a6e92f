import type { EventList } from '../../views/event-view.ts';
import type { ApiAnswer } from './api-answer.ts';

/** Milliseconds after which a browser asks again: a function answers and ends, and the stream goes on with the next. */
const retry = 1_000;

/**
 * Events as `text/event-stream` has them. After the last one of all there is `settled`, and whoever asks for more gets
 * 204, by which a browser ends its stream.
 */
export function asStream({ events, settled }: EventList): ApiAnswer {
  if (settled && events.length === 0) return { statusCode: 204, headers: {}, body: '' };
  const told = events.map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
  // a comment: it shows that somebody is there
  const rest = settled ? 'event: settled\ndata: {}\n\n' : events.length === 0 ? ': nothing new\n\n' : '';
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    body: `retry: ${retry}\n\n${told.join('')}${rest}`,
  };
}
