import type { IncomingMessage } from 'node:http';
import type { WireRequest } from '../service/http-message.ts';

/** Undefined if the body is larger than the limit. */
export async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function messageOf(request: IncomingMessage): Omit<WireRequest, 'body'> {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
  };
}

/** Names that resolve to this machine without a name server. SDKs prefix `sync-` for some operations. */
const ourHosts = /^(?:sync-)?(?:127\.0\.0\.1|localhost)$|\.localhost$/;

/** Whether the request names this machine as its host. Any other name may be a DNS rebinding attack. */
export function isForLoopback(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return ourHosts.test(host);
}
