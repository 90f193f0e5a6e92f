import { ServiceError } from '../engine/service-error.ts';
import type { CallFault, WireRequest, WireResponse, WireServices } from './wire-message.ts';

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
    if (error instanceof BrokenCall) return respond(error.status, { __type: error.type, message: 'Broken on purpose' });
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
  const fault = services.faults?.(prefix, operation);
  if (fault?.afterEffect === false) await fail(fault);
  const output = await serve(parseBody(request.body));
  if (fault !== undefined) await fail(fault);
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

/** Throws, or never comes back. */
async function fail(fault: CallFault): Promise<never> {
  if ('error' in fault) throw new BrokenCall(fault.error, fault.status ?? (fault.afterEffect ? 500 : 400));
  fault.crash();
  return new Promise(() => {});
}

class BrokenCall extends Error {
  override readonly name = 'BrokenCall';
  readonly type: string;
  readonly status: number;

  constructor(type: string, status: number) {
    super(type);
    this.type = type;
    this.status = status;
  }
}
