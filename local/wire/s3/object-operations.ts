import type { ObjectHead } from '../../s3/s3.ts';
import type { WireResponse } from '../../service/http-message.ts';
import { ServiceError } from '../../service/service-error.ts';
import { readBody } from './body/read-body.ts';
import { checkRead, checkWrite } from './conditions.ts';
import { copyObject, isCopy } from './copy-object.ts';
import { existing } from './existing.ts';
import { describe, headersToKeep } from './object-headers.ts';
import type { Operation, S3Request } from './operation.ts';
import { readRange } from './range.ts';
import { respondEmpty } from './respond.ts';

/** Headers of the answer that a GET may override, with the prefix `response-`. */
const replaceable = [
  ...['cache-control', 'content-disposition', 'content-encoding'],
  ...['content-language', 'content-type', 'expires'],
];
const reads = ['versionId', 'partNumber', ...replaceable.map((name) => `response-${name}`)];

export const objectOperations: readonly Operation[] = [
  { method: 'GET', takes: reads, answer: read },
  { method: 'HEAD', takes: reads, answer: read },
  {
    method: 'DELETE',
    takes: ['versionId'],
    answer({ s3, bucket, key, headers }) {
      if (headers['if-match'] !== undefined) checkWrite(existing(s3, bucket, key), headers);
      s3.remove(bucket, key);
      return respondEmpty(204);
    },
  },
  { method: 'PUT', answer: (request) => (isCopy(request) ? copyObject(request) : put(request)) },
];

function read(request: S3Request): WireResponse {
  const { s3, bucket, key, headers, query, method } = request;
  const head = s3.head(bucket, key);
  checkRead(head, headers);
  const asked = query.get('partNumber');
  if (asked !== null && asked !== '1') {
    throw new ServiceError('InvalidPartNumber', 'The requested partnumber is not satisfiable');
  }
  const range = readRange(headers.range, head.size);
  if (range === undefined) throw new ServiceError('InvalidRange', 'The requested range is not satisfiable');
  const described = { ...describe(head, headers), ...replaced(query) };
  const body = method === 'HEAD' ? new Uint8Array() : s3.get(bucket, key);
  // Parts are not kept: the first one is the whole object.
  if (range === 'whole') return { status: asked === null ? 200 : 206, headers: described, body };
  const { from, to } = range;
  const part = { 'content-range': `bytes ${from}-${to}/${head.size}`, 'content-length': String(to - from + 1) };
  return { status: 206, headers: { ...described, ...part }, body: body.subarray(from, to + 1) };
}

function replaced(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    replaceable.flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function put(request: S3Request): WireResponse {
  const { s3, bucket, key, headers } = request;
  const { body, checksums } = readBody(request);
  checkWrite(existing(s3, bucket, key), headers);
  const head: ObjectHead = s3.put(bucket, key, body, { headers: { ...headersToKeep(headers), ...checksums } });
  return respondEmpty(200, { etag: `"${head.etag}"`, ...checksums });
}
