import * as z from 'zod/mini';
import type { Functions } from '../lambda/functions.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';

/** Takes the place of the HTTP API on AWS: passes a request to the function, and returns its answer. */
export type ApiDoor = (request: WireRequest) => Promise<WireResponse>;

export function createApiDoor(functions: Pick<Functions, 'invoke'>): ApiDoor {
  return async (request) => toResponse(await functions.invoke('api', toEvent(request)));
}

/** An event of an HTTP API, payload version 2.0. */
function toEvent({ method, path, query, headers, body }: WireRequest): unknown {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      authorizer: { home: headers.cookie === undefined ? 'a program of this machine' : 'the page on this machine' },
    },
    ...(body.byteLength === 0 ? {} : { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body.byteLength > 0,
  };
}

const answered = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

export function toResponse(answer: unknown): WireResponse {
  const { statusCode, headers, body } = answered.parse(answer);
  return { status: statusCode, headers, body: new TextEncoder().encode(body) };
}
