import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { problem } from '../../shared/api/kit/api-answer.ts';
import type { WireResponse } from '../service/http-message.ts';
import { type ApiDoor, toResponse } from './api-door.ts';
import { type LoopbackServer, listen } from './loopback-server.ts';
import { readPageFile } from './page-files.ts';
import { isForLoopback, messageOf, readBody } from './receive.ts';
import { asksForStream, streamEvents } from './stream-events.ts';

/** Bytes. The function itself takes less, and says so. */
const mostBytes = 1024 * 1024;

export type ApiServer = LoopbackServer & {
  /** An address that lets the browser in which it is opened ask the API. It works once. */
  invite(): string;
};

export type ApiServerOptions = {
  readonly door: ApiDoor;
  /** What programs send, as `Authorization: Bearer TOKEN`. Absent: only the browser that was let in is served. */
  readonly token?: string;
  /** The page's files. Absent, or not there: a page that says so. */
  readonly page?: string;
  readonly port: number;
  readonly onSurprise?: (error: unknown) => void;
};

/**
 * The API and the page that asks it, of one origin, on 127.0.0.1 only. Programs send the token; a browser gets a cookie
 * by an address that is printed where it was started. Nothing is answered to what was addressed to another name, or to
 * what a page of another origin asks.
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
  // a link to the page may be followed from anywhere; what it loads and asks comes from itself
  const file = method === 'GET' ? readPageFile(page, path) : undefined;
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && (file !== undefined || path === '/open');
  if (!isForLoopback(request) || !(isVisit || isOfOwnOrigin(request))) {
    return send(toResponse(problem(403, ['only programs of this machine and its own page are served'])));
  }
  if (file !== undefined) return send(file);
  // by its port, since a browser keeps cookies of all ports of a host together
  const cookie = `gluewright-${request.socket.localPort}`;
  if (method === 'GET' && path === '/open') {
    if (!invitations.delete(query.get('code') ?? '')) {
      const remedy = 'npx gluewright open prints a new one';
      return send(toResponse(problem(401, ['this address has been used, or is not valid'], { remedy })));
    }
    const set = `${cookie}=${browser}; HttpOnly; SameSite=Strict; Path=/`;
    return send({ status: 303, headers: { location: '/', 'set-cookie': set }, body: new Uint8Array() });
  }
  const isProgram = token !== undefined && isSame(headers.authorization ?? '', `Bearer ${token}`);
  if (!isProgram && !isSame(cookieOf(headers.cookie, cookie), browser)) {
    const remedy = 'send Authorization: Bearer TOKEN, or open the address that npx gluewright open prints';
    const asks = { 'www-authenticate': 'Bearer' };
    return send(toResponse(problem(401, ['who asks is not known'], { remedy, headers: asks })));
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

/** Short, since whoever ends the server waits for what is asked at the moment. */
const streamSeconds = 2;

const guards = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** What a browser sends says where the page that asks comes from; programs say nothing. */
function isOfOwnOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  const isNear = site === undefined || site === 'same-origin' || site === 'none';
  return isNear && (headers.origin === undefined || headers.origin === `http://${headers.host}`);
}

function cookieOf(header: string | undefined, name: string): string {
  const found = (header ?? '').split(';').map((pair) => pair.trim());
  return found.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** Digests are of one length, so that the comparison takes the same time whatever was sent. */
function isSame(sent: string, expected: string): boolean {
  return timingSafeEqual(digest(sent), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
