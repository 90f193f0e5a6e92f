import { afterAll, expect, test } from 'vitest';
import type { ApiDoor } from '../../../local/wire/api-door.ts';
import { createApiServer } from '../../../local/wire/api-server.ts';

/** A stream of three pieces. */
const asked: (string | undefined)[] = [];
const door: ApiDoor = async ({ headers, query }) => {
  asked.push(headers['last-event-id']);
  const number = asked.length;
  if (query.get('after') === 'missing') {
    return {
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: new TextEncoder().encode('{}'),
    };
  }
  const text = `retry: 1\n\nid: e${number}\ndata: {}\n\n${number === 3 ? 'event: settled\ndata: {}\n\n' : ''}`;
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: new TextEncoder().encode(text) };
};
const server = await createApiServer({ door, token: 'secret', port: 0 });
afterAll(() => server.close());

const headers = { authorization: 'Bearer secret', accept: 'text/event-stream' };

test('a stream passes on the function’s pieces, and ends with the last', async () => {
  const response = await fetch(`${server.url}/runs/r/events`, { headers });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect([...(await response.text()).matchAll(/id: (e\d)/g)].map(([, id]) => id)).toEqual(['e1', 'e2', 'e3']);
  expect(asked).toEqual([undefined, 'e1', 'e2']);
});

test('any other answer is passed on unchanged', async () => {
  const response = await fetch(`${server.url}/runs/r/events?after=missing`, { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});

test('a request without the token gets no stream', async () => {
  const response = await fetch(`${server.url}/runs/r/events`, { headers: { accept: 'text/event-stream' } });
  expect(response.status).toBe(401);
});
