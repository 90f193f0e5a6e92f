import { gunzipSync } from 'node:zlib';
import { BrokenCall, performCall } from '../faults/perform-call.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import { ServiceError } from '../service/service-error.ts';
import type { WireServices } from './wire-message.ts';

/** Limit for an expanded gzip body. */
const mostBytes = 64 * 1024 * 1024;

/** AWS's JSON protocols 1.0 and 1.1. `x-amz-target` names the operation, such as `AWSGlue.StartJobRun`. */
export async function answerJson(services: WireServices, target: string, request: WireRequest): Promise<WireResponse> {
  const contentType = request.headers['content-type'] ?? 'application/x-amz-json-1.0';
  const respond = (status: number, value: unknown): WireResponse => ({
    status,
    headers: { 'content-type': contentType },
    body: new TextEncoder().encode(JSON.stringify(value)),
  });
  try {
    return respond(200, await perform(services, target, request));
  } catch (error) {
    if (error instanceof ServiceError) return respond(400, { __type: error.name, message: error.message });
    if (error instanceof BrokenCall) {
      return respond(error.$metadata.httpStatusCode, { __type: error.name, message: error.message });
    }
    services.onSurprise?.(error);
    return respond(500, { __type: 'InternalFailure', message: error instanceof Error ? error.message : String(error) });
  }
}

async function perform(services: WireServices, target: string, request: WireRequest): Promise<unknown> {
  const [prefix = '', operation = ''] = target.split('.');
  const service = Object.hasOwn(services.json, prefix) ? services.json[prefix] : undefined;
  const serve = service && Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
  if (serve === undefined) {
    throw new ServiceError('UnknownOperationException', `${target} is not supported locally`);
  }
  const output = await performCall(services.faults?.(prefix, operation), async () => serve(parseBody(request)));
  return output ?? {};
}

/** Null members count as absent, as in AWS's deserializers. */
export function parseBody(request: WireRequest): unknown {
  const body = unzipped(request);
  if (body.byteLength === 0) return {};
  try {
    const text = new TextDecoder().decode(body);
    const parsed: unknown = JSON.parse(text);
    return text.includes('null') ? withoutNulls(parsed) : parsed;
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is not JSON');
  }
}

/** SDKs can be configured to compress larger requests. */
function unzipped({ headers, body }: WireRequest): Uint8Array {
  if (headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: mostBytes });
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is not gzip');
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
