import type { S3 } from '../../s3/s3.ts';
import type { WireRequest, WireResponse } from '../../service/http-message.ts';
import { ServiceError } from '../../service/service-error.ts';
import { bucketOperations } from './bucket-operations.ts';
import { objectOperations } from './object-operations.ts';
import type { Operation } from './operation.ts';
import { respondEmpty, respondXml } from './respond.ts';
import { uploadOperations } from './upload-operations.ts';
import { printXml } from './xml.ts';

/** Statuses other than 400. */
const statuses: Readonly<Record<string, number>> = {
  NotModified: 304,
  AccessDenied: 403,
  NoSuchKey: 404,
  NoSuchBucket: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  BucketNotEmpty: 409,
  PreconditionFailed: 412,
  InvalidPartNumber: 416,
  InvalidRange: 416,
  InternalError: 500,
  NotImplemented: 501,
};

/** S3's REST protocol, with the bucket in the path. Unsupported requests are rejected, and change nothing. */
export function answerS3(s3: S3, request: WireRequest, onSurprise?: (error: unknown) => void): WireResponse {
  try {
    return route(s3, request);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) onSurprise?.(thrown);
    const error = thrown instanceof ServiceError ? thrown : new ServiceError('InternalError', String(thrown));
    return respondError(error, request);
  }
}

export function respondError(
  error: ServiceError,
  { method, path }: Pick<WireRequest, 'method' | 'path'>,
): WireResponse {
  const status = statuses[error.name] ?? 400;
  // HEAD and 304 have no body, so clients read only the status.
  if (method === 'HEAD' || status === 304) return respondEmpty(status);
  const xml = printXml('Error', { Code: error.name, Message: error.message, Resource: path });
  return { status, headers: { 'content-type': 'application/xml' }, body: new TextEncoder().encode(xml) };
}

function route(s3: S3, request: WireRequest): WireResponse {
  const [bucket = '', ...rest] = decodedPath(request.path).split('/').slice(1);
  const key = rest.join('/');
  refuseHeaders(request);
  if (bucket === '') return listBuckets(s3, request);
  const operation = find(key === '' ? bucketOperations : [...uploadOperations, ...objectOperations], request);
  const version = request.query.get('versionId');
  if (version !== null && version !== 'null') {
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.');
  }
  return operation.answer({ ...request, s3, bucket, key });
}

/**
 * The operation that a request names. An unknown sub-resource (`?retention`, `?policy`) is not implemented. Otherwise
 * such a request would overwrite the object, or create a bucket.
 */
function find(operations: readonly Operation[], request: WireRequest): Operation {
  const asked = [...request.query.keys()].filter((name) => !isSignature(name));
  const found = operations.find(({ method, marks = [], takes = [] }) => {
    const fits = (name: string): boolean => marks.includes(name) || takes.includes(name);
    return method === request.method && marks.every((mark) => asked.includes(mark)) && asked.every(fits);
  });
  return found ?? notImplemented(request);
}

/**
 * Query parameters that presigned URLs and the SDKs add. URLs with the older signature also name the signed headers.
 */
function isSignature(name: string): boolean {
  return /^(?:x-id|x-amz-.*|awsaccesskeyid|signature|expires|content-type|content-md5)$/i.test(name);
}

/** Headers that change the meaning of a request. Ignoring them would do something else than the sender wants. */
const refused = [
  'x-amz-write-offset-bytes',
  'x-amz-rename-source',
  'x-amz-tagging',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-copy-source-server-side-encryption-customer-algorithm',
];

function refuseHeaders({ headers }: WireRequest): void {
  const name = refused.find((one) => headers[one] !== undefined);
  if (name !== undefined) throw new ServiceError('NotImplemented', `The header ${name} is not supported locally`);
}

function listBuckets(s3: S3, request: WireRequest): WireResponse {
  const { method, query } = request;
  const served = ['prefix', 'max-buckets', 'continuation-token'];
  if (method !== 'GET' || [...query.keys()].some((name) => !isSignature(name) && !served.includes(name))) {
    return notImplemented(request);
  }
  const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? ''];
  const most = Number(query.get('max-buckets') ?? 10_000);
  const all = s3.buckets().filter((name) => name.startsWith(prefix) && name > after);
  const page = all.slice(0, most);
  return respondXml('ListAllMyBucketsResult', {
    Owner: { ID: 'local' },
    Buckets: { Bucket: page.map((name) => ({ Name: name, CreationDate: '2020-01-01T00:00:00.000Z' })) },
    ContinuationToken: all.length > page.length ? page.at(-1) : undefined,
  });
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function notImplemented({ method, query }: WireRequest): never {
  const asked = [...query.keys()].filter((name) => !isSignature(name)).join('&');
  const problem = `A header you provided implies functionality that is not implemented: ${method} ?${asked}`;
  throw new ServiceError('NotImplemented', problem);
}
