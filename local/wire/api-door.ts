import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { problem } from '../../shared/api/kit/api-answer.ts';
import type { Functions } from '../lambda/functions.ts';
import type { WireRequest, WireResponse } from './wire-message.ts';

/** Where HTTP API stands on AWS: hands requests that bear the token to the function. */
export type ApiDoor = {
  /** Whether a request is for the API, and not for a bucket of that name, which AWS's programs sign for. */
  isFor(request: Pick<WireRequest, 'path' | 'headers'>): boolean;
  answer(request: WireRequest): Promise<WireResponse>;
};

/** Bytes. The function itself takes less, and says so. */
export const apiBodyBytes = 1024 * 1024;

export function createApiDoor(functions: Pick<Functions, 'invoke'>, token: string): ApiDoor {
  const expected = digest(`Bearer ${token}`);
  return {
    isFor: ({ path, headers }) =>
      /^\/(?:pipelines|runs)(?:\/|$)/.test(path) &&
      headers['x-amz-target'] === undefined &&
      headers.authorization?.startsWith('AWS4-') !== true,
    async answer(request) {
      // digests are of one length, so that the comparison takes the same time whatever was sent
      if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
        return toResponse(
          problem(401, ['send the header Authorization: Bearer TOKEN'], { headers: { 'www-authenticate': 'Bearer' } }),
        );
      }
      return toResponse(await functions.invoke('api', toEvent(request)));
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** An event of an HTTP API, payload version 2.0. */
function toEvent({ method, path, query, headers, body }: WireRequest): unknown {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' } },
    ...(body.byteLength === 0 ? {} : { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body.byteLength > 0,
  };
}

const answered = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

function toResponse(answer: unknown): WireResponse {
  const { statusCode, headers, body } = answered.parse(answer);
  return { status: statusCode, headers, body: new TextEncoder().encode(body) };
}
