import type { ObjectHead } from '../../s3/s3.ts';
import type { WireResponse } from '../../service/http-message.ts';
import { ServiceError } from '../../service/service-error.ts';
import { checkRead, checkWrite } from './conditions.ts';
import { existing } from './existing.ts';
import { checksumElements, headersToKeep } from './object-headers.ts';
import type { S3Request } from './operation.ts';
import { readRange } from './range.ts';
import { respondXml } from './respond.ts';

const header = 'x-amz-copy-source';

export function isCopy({ headers }: S3Request): boolean {
  return headers[header] !== undefined;
}

/** CopyObject: copies the headers, or replaces them with those of the request. */
export function copyObject(request: S3Request): WireResponse {
  const { s3, bucket, key, headers } = request;
  const source = sourceOf(request);
  const replaces = headers['x-amz-metadata-directive']?.toUpperCase() === 'REPLACE';
  if (source.bucket === bucket && source.key === key && !replaces) {
    const problem =
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
    throw new ServiceError('InvalidRequest', problem);
  }
  checkWrite(existing(s3, bucket, key), headers);
  const body = s3.get(source.bucket, source.key);
  const sums = Object.entries(source.head.headers).filter(([name]) => name.startsWith('x-amz-checksum-'));
  const kept = replaces ? { ...headersToKeep(headers), ...Object.fromEntries(sums) } : source.head.headers;
  const head = s3.put(bucket, key, body, { headers: kept, reason: 'CopyObject' });
  return respondXml('CopyObjectResult', { ...told(head), ...checksumElements(kept) });
}

/** UploadPartCopy: clients use it to copy larger objects. */
export function copyPart(request: S3Request, upload: string, part: number): WireResponse {
  const { s3, headers } = request;
  const { bucket, key, head } = sourceOf(request);
  const range = readRange(headers[`${header}-range`], head.size);
  if (range === undefined) throw new ServiceError('InvalidArgument', 'The x-amz-copy-source-range is not valid');
  const whole = s3.get(bucket, key);
  const etag = s3.uploads.put(upload, part, range === 'whole' ? whole : whole.subarray(range.from, range.to + 1));
  return respondXml('CopyPartResult', told({ etag, modified: head.modified }));
}

function told({ etag, modified }: Pick<ObjectHead, 'etag' | 'modified'>) {
  return { LastModified: new Date(modified).toISOString(), ETag: `"${etag}"` };
}

/** @throws {ServiceError} InvalidArgument, NoSuchKey, NoSuchVersion, PreconditionFailed */
function sourceOf({ s3, headers }: S3Request) {
  const [path = '', version] = (headers[header] ?? '').split('?versionId=');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path)) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new ServiceError(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  if (version !== undefined && version !== 'null') {
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.');
  }
  const head = s3.head(bucket, key);
  checkRead(head, headers, `${header}-`);
  return { bucket, key, head };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
