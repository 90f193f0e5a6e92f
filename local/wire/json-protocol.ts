import { BrokenCall, performCall } from '../faults/perform-call.ts';
import { ServiceError } from '../service/service-error.ts';
import type { WireRequest, WireResponse, WireServices } from './wire-message.ts';

/** AWS's JSON protocols 1.0 and 1.1: the operation is named by `x-amz-target`, `AWSGlue.StartJobRun`. */
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
    throw new ServiceError('UnknownOperationException', `${target} is not an operation that is served here`);
  }
  const output = await performCall(services.faults?.(prefix, operation), async () => serve(parseBody(request.body)));
  return output ?? {};
}

function parseBody(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is not JSON');
  }
}
