import type { ServerResponse } from 'node:http';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { ApiDoor } from './api-door.ts';

const streamed = 'text/event-stream';

export function asksForStream({ method, headers }: Pick<WireRequest, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.accept?.includes(streamed) === true;
}

/**
 * Keeps a stream open whose pieces the function provides: writes its answer and asks for what follows, until the
 * function ends the stream or the reader disconnects.
 *
 * @param wait seconds that the function waits for something new
 */
export async function streamEvents(
  door: ApiDoor,
  request: WireRequest,
  {
    response,
    wait,
    send,
  }: { readonly response: ServerResponse; readonly wait: number; send(answer: WireResponse): void },
): Promise<void> {
  const query = new URLSearchParams(request.query);
  if (!query.has('wait')) query.set('wait', String(wait));
  let answer = await door({ ...request, query });
  if (answer.status !== 200 || answer.headers['content-type'] !== streamed) return send(answer);
  let last = request.headers['last-event-id'] ?? query.get('after') ?? '';
  response.writeHead(200, {
    'content-type': streamed,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  while (answer.status === 200) {
    const text = new TextDecoder().decode(answer.body);
    // Waits for a slow reader.
    if (!response.write(text)) await drained(response);
    last = [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? last;
    if (response.destroyed || text.includes('\nevent: settled\n')) break;
    const headers = { ...request.headers, ...(last === '' ? {} : { 'last-event-id': last }) };
    answer = await door({ ...request, query, headers });
    if (response.destroyed) break;
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('drain', resolve).once('close', resolve);
  return promise;
}
