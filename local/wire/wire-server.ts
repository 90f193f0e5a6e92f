import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import { type LoopbackServer, listen } from './loopback-server.ts';
import { isForLoopback, messageOf, readBody } from './receive.ts';
import { requestIdHeader, type WireServices } from './wire-message.ts';

export type WireServer = LoopbackServer;

/** Uploads go through memory. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Serves the operations to any SDK and to the `aws` command, on 127.0.0.1 only and without checking signatures.
 * A web page must not reach it by the browser of the person who runs it: what a browser sends is refused, and so is
 * what was addressed to any other name (which then was made to point here).
 *
 * @param options.port 0: any free one
 */
export async function createWireServer(
  services: WireServices,
  options: { readonly port: number; readonly uuid: () => string },
): Promise<WireServer> {
  const server = createServer((request, response) => {
    serve(services, request, response, options.uuid()).catch((error) => {
      services.onSurprise?.(error);
      response.destroy();
    });
  });
  return listen(server, options.port);
}

async function serve(services: WireServices, request: IncomingMessage, response: ServerResponse, id: string) {
  if (!isOurs(request)) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Only programs of this machine are served.\n');
    return;
  }
  const bytes = await readBody(request, mostBytes);
  if (bytes === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const { status, headers, body } = await answer(services, { ...messageOf(request), body: bytes });
  const length = headers['content-length'] ?? String(body.byteLength);
  response.writeHead(status, { ...headers, 'content-length': length, [requestIdHeader]: id }).end(body);
}

function isOurs(request: IncomingMessage): boolean {
  const browser = request.headers.origin ?? request.headers['sec-fetch-site'];
  return isForLoopback(request) && browser === undefined;
}
