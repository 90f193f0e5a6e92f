import { answerJson } from './json-protocol.ts';
import { answerQuery, isQuery } from './query-protocol.ts';
import { answerS3 } from './s3-protocol.ts';
import type { WireRequest, WireResponse, WireServices } from './wire-message.ts';

/** Answers any request: with `x-amz-target` it is for a JSON service, with a form for a query service, else for S3. */
export async function answer(services: WireServices, request: WireRequest): Promise<WireResponse> {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return answerJson(services, target, request);
  if (isQuery(request)) return answerQuery(request);
  if (services.s3 !== undefined) return answerS3(services.s3, request, services.onSurprise);
  return { status: 404, headers: {}, body: new Uint8Array() };
}
