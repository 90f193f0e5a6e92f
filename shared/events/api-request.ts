import * as z from 'zod/mini';
import { present } from '../json.ts';
import { readEvent } from './read-event.ts';

/** A request to the API. */
export type ApiRequest = {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. Empty: there is none. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: there is none. */
  readonly body: string;
  /** The caller, as the door identified it. Absent: unknown. */
  readonly caller?: Caller;
  /** The scopes that a token needs. Absent: every caller may do everything. */
  readonly scopes?: Scopes;
};

/** `name`: an ARN, or the subject of a token. `scopes`: of a token. */
export type Caller = { readonly name: string; readonly scopes?: readonly string[] };

export type Scopes = { readonly read: string; readonly act: string };

const schema = z.object({
  rawPath: z.string(),
  rawQueryString: z._default(z.string(), ''),
  headers: z._default(z.record(z.string(), z.string()), {}),
  requestContext: z.object({
    http: z.object({ method: z.string() }),
    authorizer: z.optional(
      z.object({
        iam: z.optional(z.object({ userArn: z.string() })),
        jwt: z.optional(z.object({ claims: z.record(z.string(), z.unknown()) })),
        // set by the local server instead of the gateway
        home: z.optional(z.string()),
      }),
    ),
  }),
  /** The stage's setting, written by the deployment. */
  stageVariables: z.optional(z.object({ readScope: z.optional(z.string()), actScope: z.optional(z.string()) })),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

type Event = z.output<typeof schema>;

/** Reads an event of an HTTP API, payload version 2.0. @throws {UnreadableEvent} */
export function readApiRequest(event: unknown): ApiRequest {
  const read = readEvent(schema, event);
  const { rawPath, rawQueryString, headers, requestContext, body = '', isBase64Encoded } = read;
  return {
    method: requestContext.http.method.toUpperCase(),
    path: rawPath,
    query: rawQueryString,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body,
    ...present({ caller: callerOf(read), scopes: scopesOf(read) }),
  };
}

function callerOf({ requestContext: { authorizer = {} } }: Event): Caller | undefined {
  const { iam, jwt, home } = authorizer;
  if (jwt !== undefined) {
    const { sub, client_id: client, scope, scp } = jwt.claims;
    return { name: String(sub ?? client ?? 'a token without a subject'), scopes: wordsOf(scope ?? scp) };
  }
  const name = iam?.userArn ?? home;
  return name === undefined ? undefined : { name };
}

/** `a b`, or a list, which the gateway writes as `[a b]`. */
function wordsOf(claim: unknown): string[] {
  return String(claim ?? '')
    .split(/[\s,[\]]+/)
    .filter((word) => word !== '');
}

function scopesOf({ stageVariables: { readScope: read, actScope: act } = {} }: Event): Scopes | undefined {
  return read === undefined || act === undefined ? undefined : { read, act };
}
