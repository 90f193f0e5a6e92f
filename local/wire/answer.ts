import type { WireRequest, WireResponse } from '../service/http-message.ts';
import { answerJson } from './json-protocol.ts';
import { answerQuery, isQuery } from './query-protocol.ts';
import { answerS3 } from './s3/s3-protocol.ts';
import { refuseService, serviceOf } from './unserved-service.ts';
import type { WireServices } from './wire-message.ts';

/**
 * Answers any request. With `x-amz-target` it is for a JSON service, with a form for a query service. Otherwise its
 * signature names the service, or it is for S3.
 */
export async function answer(services: WireServices, request: WireRequest): Promise<WireResponse> {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return answerJson(services, target, request);
  if (isQuery(request)) return answerQuery(request);
  const service = serviceOf(request);
  const rest =
    service !== undefined && Object.hasOwn(services.rest ?? {}, service) ? services.rest?.[service] : undefined;
  if (rest !== undefined) return answerRest(rest, services, request);
  if (service !== undefined && service !== 's3') return refuseService(service, request);
  if (services.s3 !== undefined) return answerS3(services.s3, request, services.onSurprise);
  return { status: 404, headers: {}, body: new Uint8Array() };
}

async function answerRest(
  serve: (request: WireRequest) => Promise<WireResponse>,
  { onSurprise }: WireServices,
  request: WireRequest,
): Promise<WireResponse> {
  try {
    return await serve(request);
  } catch (error) {
    onSurprise?.(error);
    const message = error instanceof Error ? error.message : String(error);
    const body = new TextEncoder().encode(JSON.stringify({ message }));
    return {
      status: 500,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ServiceException' },
      body,
    };
  }
}
