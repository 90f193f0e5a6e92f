import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import { ServiceError } from '../service/service-error.ts';
import { answer } from './answer.ts';
import { type LoopbackServer, listen } from './loopback-server.ts';
import { isForLoopback, messageOf, readBody } from './receive.ts';
import { respondError } from './s3/s3-protocol.ts';
import { requestIdHeader, type WireServices } from './wire-message.ts';

export type WireServer = LoopbackServer;

/** Limit in bytes, because uploads are held in memory. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Serves the operations to any SDK and to the `aws` command, on 127.0.0.1 only and without checking signatures. A web
 * page must not reach it through the user's browser, so it rejects requests from browsers and to any other host name.
 *
 * @param options.port 0: any free one
 */
export async function createWireServer(
  services: WireServices,
  options: {
    readonly port: number;
    readonly uuid: () => string;
    /** Whether to serve a request at all. */
    readonly accepts?: (request: Omit<WireRequest, 'body'>) => boolean;
    /** Answers CONNECT, so that the server also acts as an HTTPS proxy. */
    readonly connect?: (request: IncomingMessage, client: Duplex, head: Buffer) => void;
  },
): Promise<WireServer> {
  const server = createServer((request, response) => {
    serve(services, options.accepts, request, response, options.uuid()).catch((error) => {
      // A client that disconnects is not an error.
      if (!request.destroyed || request.complete) services.onSurprise?.(error);
      response.destroy();
    });
  });
  const tunnels = new Set<Duplex>();
  server.on('connect', (request, client, head) => {
    tunnels.add(client);
    client.once('close', () => tunnels.delete(client));
    if (options.connect === undefined) client.destroy();
    else options.connect(request, client, head);
  });
  const listening = await listen(server, options.port);
  return {
    ...listening,
    close() {
      // A tunnel is no longer an HTTP connection.
      for (const tunnel of tunnels) tunnel.destroy();
      return listening.close();
    },
  };
}

async function serve(
  services: WireServices,
  accepts: ((request: Omit<WireRequest, 'body'>) => boolean) | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
) {
  if (!isOurs(request)) {
    const { status, headers, body } = refuseStranger(request.headers['x-amz-target'] !== undefined);
    response.writeHead(status, { ...headers, [requestIdHeader]: id }).end(body);
    return;
  }
  const message = messageOf(request);
  if (accepts?.(message) === false) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Sign requests with the access key of local jobs.\n');
    return;
  }
  const bytes = await readBody(request, mostBytes);
  if (bytes === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const received = { ...message, body: bytes };
  const { status, headers, body } = await answer(services, received);
  const length = headers['content-length'] ?? String(body.byteLength);
  response.writeHead(status, { ...headers, 'content-length': length, [requestIdHeader]: id }).end(body);
}

function isOurs(request: IncomingMessage): boolean {
  const browser = request.headers.origin ?? request.headers['sec-fetch-site'];
  return isForLoopback(request) && browser === undefined;
}

/** AWS's error for a caller without access, in the service's format. */
function refuseStranger(json: boolean): WireResponse {
  const message = 'Only programs on this machine have access, at 127.0.0.1 or localhost';
  if (!json) return respondError(new ServiceError('AccessDenied', message), { method: 'GET', path: '/' });
  const body = new TextEncoder().encode(JSON.stringify({ __type: 'AccessDeniedException', message }));
  return { status: 403, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
