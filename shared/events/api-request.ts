import * as z from 'zod/mini';
import { readEvent } from './read-event.ts';

/** A request to the API. */
export type ApiRequest = {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** As it was sent, without the question mark. Empty: there is none. */
  readonly query: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: there is none. */
  readonly body: string;
};

const schema = z.object({
  rawPath: z.string(),
  rawQueryString: z._default(z.string(), ''),
  headers: z._default(z.record(z.string(), z.string()), {}),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

/** Reads an event of an HTTP API, payload version 2.0. @throws {UnreadableEvent} */
export function readApiRequest(event: unknown): ApiRequest {
  const { rawPath, rawQueryString, headers, requestContext, body = '', isBase64Encoded } = readEvent(schema, event);
  return {
    method: requestContext.http.method.toUpperCase(),
    path: rawPath,
    query: rawQueryString,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body,
  };
}
