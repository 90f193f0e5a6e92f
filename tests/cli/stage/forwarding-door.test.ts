import { expect, test } from 'vitest';
import { forwardingDoor } from '../../../cli/stage/forwarding-door.ts';

const request = {
  method: 'GET',
  path: '/runs/a/events',
  query: new URLSearchParams(),
  headers: { accept: 'text/event-stream', cookie: 'secret' },
  body: new Uint8Array(),
};

test('of a stream that goes on, the events that have come are handed on, and the stream is left', async () => {
  let isLeft = false;
  const parts = ['retry: 1000\n\nid: 1\nda', 'ta: {}\n\n'];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts.shift();
      if (part !== undefined) controller.enqueue(new TextEncoder().encode(part));
    },
    cancel() {
      isLeft = true;
    },
  });
  const door = forwardingDoor(async ({ headers }) => {
    expect(headers).toEqual({ accept: 'text/event-stream' });
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  });
  const answer = await door(request);
  expect(new TextDecoder().decode(answer.body)).toBe('retry: 1000\n\nid: 1\ndata: {}\n\n');
  expect(isLeft).toBe(true);
});
