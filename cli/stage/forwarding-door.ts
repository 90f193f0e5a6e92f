import { type ApiDoor, toResponse } from '../../local/wire/api-door.ts';
import { problem } from '../../shared/api/kit/api-answer.ts';

/** Sends a request to the real API. `path` begins with one slash and includes the query. */
export type Forward = (request: {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}) => Promise<Response>;

/** Headers that are passed on, in both directions: no cookies, and no credentials of others. */
const sentOn = ['accept', 'content-type', 'idempotency-key', 'if-none-match', 'last-event-id'];
const sentBack = ['content-type', 'etag', 'location'];

/** Forwards requests to the API elsewhere. */
export function forwardingDoor(forward: Forward): ApiDoor {
  return async ({ method, path, query, headers, body }) => {
    if (method !== 'GET' && method !== 'POST') {
      return toResponse(problem(405, ['only GET and POST are allowed'], { headers: { allow: 'GET, POST' } }));
    }
    // two slashes would begin an address with another host
    if (!/^\/(?![/\\])/.test(path)) return toResponse(problem(404, ['there is nothing at that path']));
    const text = query.toString();
    const response = await forward({
      method,
      path: text === '' ? path : `${path}?${text}`,
      headers: Object.fromEntries(
        sentOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
      ),
      ...(method === 'GET' || body.byteLength === 0 ? {} : { body: new TextDecoder().decode(body) }),
    });
    const back = sentBack.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      status: response.status,
      headers: Object.fromEntries(back),
      body: await readAnswer(response),
    };
  };
}

/**
 * An answer as a whole; of a stream of events only those that have come, since a stream may last as long as a run. The
 * next request continues after the last one.
 */
async function readAnswer(response: Response): Promise<Uint8Array> {
  if (response.headers.get('content-type') !== 'text/event-stream' || response.body === null) {
    return new Uint8Array(await response.arrayBuffer());
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!text.endsWith('\n\n')) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return new TextEncoder().encode(text);
}
