import { isJsonObject } from '../../shared/json.ts';
import { BrokenCall, type CallFaults, performCall } from '../faults/perform-call.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { RestService } from '../service/rest-service.ts';
import { ServiceError } from '../service/service-error.ts';
import { parseBody } from './json-protocol.ts';

/**
 * AWS's REST JSON protocol. A header contains the name of an error.
 *
 * @param name the service's name, for injected faults
 */
export function restJsonRequests(
  name: string,
  { routes, operations }: RestService,
  faults?: CallFaults,
): (request: WireRequest) => Promise<WireResponse> {
  const known = Object.entries(routes).map(([operation, route]) => ({ operation, matches: matcherOf(route) }));

  return async (request) => {
    for (const { operation, matches } of known) {
      const members = matches(request);
      const serve = members && operations[operation];
      if (serve === undefined) continue;
      try {
        const act = async () => serve({ ...bodyOf(request), ...queryOf(request), ...members });
        return respond(200, (await performCall(faults?.(name, operation), act)) ?? {});
      } catch (error) {
        if (error instanceof ServiceError) return refuse(400, error);
        if (error instanceof BrokenCall) return refuse(error.$metadata.httpStatusCode, error);
        throw error;
      }
    }
    const message = `${request.method} ${request.path} of ${name} is not supported locally`;
    return refuse(501, { name: 'NotImplemented', message });
  };
}

/** Returns the members in a request's path, or undefined if the request does not match the route. */
function matcherOf(route: string): (request: WireRequest) => Readonly<Record<string, string>> | undefined {
  const [method, path = ''] = route.split(' ');
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  return (request) => {
    const found = request.method === method ? pattern.exec(request.path) : null;
    if (found === null) return undefined;
    const members = Object.entries(found.groups ?? {});
    return Object.fromEntries(members.map(([member, text]) => [member, decodeURIComponent(text)]));
  };
}

function bodyOf(request: WireRequest): object {
  const body = parseBody(request);
  return isJsonObject(body) ? body : {};
}

/** Returns the members in the query. A repeated member becomes a list. */
function queryOf({ query }: WireRequest): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((member) => {
      const [first = '', ...more] = query.getAll(member);
      return [member, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

function refuse(status: number, { name, message }: { readonly name: string; readonly message: string }): WireResponse {
  return respond(status, { message }, { 'x-amzn-errortype': name });
}

function respond(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}
