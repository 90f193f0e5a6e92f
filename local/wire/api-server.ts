import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { problem } from '../../shared/api/kit/api-answer.ts';
import type { WireResponse } from '../service/http-message.ts';
import { type ApiDoor, toResponse } from './api-door.ts';
import { type LoopbackServer, listen } from './loopback-server.ts';
import { readPageFile } from './page-files.ts';
import { isForLoopback, messageOf, readBody } from './receive.ts';
import { asksForStream, streamEvents } from './stream-events.ts';

/** Bytes. The function itself has a lower limit, and reports it. */
const mostBytes = 1024 * 1024;

export type ApiServer = LoopbackServer & {
  /** An address that gives the browser that opens it access to the API. It works once. */
  invite(): string;
};

export type ApiServerOptions = {
  readonly door: ApiDoor;
  /** Token that programs send as `Authorization: Bearer TOKEN`. Absent: only the invited browser has access. */
  readonly token?: string;
  /** The page's files. If they are missing, the server shows a page that says so. */
  readonly page?: string;
  readonly port: number;
  readonly onSurprise?: (error: unknown) => void;
};

/**
 * Serves the API and its page from one origin, on 127.0.0.1 only. Programs send the token. A browser gets a cookie
 * through an address that is printed where it was started. The server rejects requests to other host names and requests
 * from pages of other origins.
 */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const invitations = new Set<string>();
  const browser = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    answer(options, { invitations, browser }, request, response).catch((error) => {
      options.onSurprise?.(error);
      response.destroy();
    });
  });
  const listening = await listen(server, options.port);
  return {
    ...listening,
    invite() {
      const code = randomBytes(24).toString('base64url');
      invitations.add(code);
      return `${listening.url}/open?code=${code}`;
    },
  };
}

type Admission = { readonly invitations: Set<string>; readonly browser: string };

async function answer(
  { door, token, page }: ApiServerOptions,
  { invitations, browser }: Admission,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const message = messageOf(request);
  const { method, path, query, headers } = message;
  const send = ({ status, headers: more, body }: WireResponse): void => {
    response.writeHead(status, { ...guards, ...more, 'content-length': String(body.byteLength) }).end(body);
  };
  // Any page may link to ours, but the page's files and API calls must come from the page itself.
  const file = method === 'GET' ? readPageFile(page, path) : undefined;
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && (file !== undefined || path === '/open');
  if (!isForLoopback(request) || !(isVisit || isOfOwnOrigin(request))) {
    return send(toResponse(problem(403, ['only programs on this machine and the page itself have access'])));
  }
  if (file !== undefined) return send(file);
  // Named by port, because a browser shares cookies between all ports of a host.
  const cookie = `gluewright-${request.socket.localPort}`;
  if (method === 'GET' && path === '/open') {
    if (!invitations.delete(query.get('code') ?? '')) {
      const remedy = 'npx gluewright open prints a new one';
      return send(toResponse(problem(401, ['this address has already been used, or is not valid'], { remedy })));
    }
    const set = `${cookie}=${browser}; HttpOnly; SameSite=Strict; Path=/`;
    return send({ status: 303, headers: { location: '/', 'set-cookie': set }, body: new Uint8Array() });
  }
  const isProgram = token !== undefined && isSame(headers.authorization ?? '', `Bearer ${token}`);
  if (!isProgram && !isSame(cookieOf(headers.cookie, cookie), browser)) {
    const remedy = 'send Authorization: Bearer TOKEN, or open the address that npx gluewright open prints';
    const asks = { 'www-authenticate': 'Bearer' };
    return send(toResponse(problem(401, ['the request has no valid token or cookie'], { remedy, headers: asks })));
  }
  const body = await readBody(request, mostBytes);
  if (body === undefined) {
    const close = { connection: 'close' };
    return send(toResponse(problem(413, [`the body has more than ${mostBytes} bytes`], { headers: close })));
  }
  const asked = { ...message, body };
  if (!asksForStream(asked)) return send(await door(asked));
  await streamEvents(door, asked, { response, wait: streamSeconds, send });
}

/** Short, because closing the server waits for requests in progress. */
const streamSeconds = 2;

const guards = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** Browsers send the origin of the requesting page. Programs send none. */
function isOfOwnOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  const isNear = site === undefined || site === 'same-origin' || site === 'none';
  return isNear && (headers.origin === undefined || headers.origin === `http://${headers.host}`);
}

function cookieOf(header: string | undefined, name: string): string {
  const found = (header ?? '').split(';').map((pair) => pair.trim());
  return found.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** Compares digests, which have equal lengths, so that the comparison takes constant time. */
function isSame(sent: string, expected: string): boolean {
  return timingSafeEqual(digest(sent), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
