import type { ObjectHead, S3 } from '../s3/s3.ts';
import { ServiceError } from '../service/service-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { listing } from './s3-listing.ts';
import type { WireRequest, WireResponse } from './wire-message.ts';
import { printXml, type XmlElement } from './xml.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Statuses other than 400. */
const statuses: Readonly<Record<string, number>> = {
  NoSuchKey: 404,
  NoSuchBucket: 404,
  NoSuchUpload: 404,
  InternalError: 500,
  NotImplemented: 501,
};

/** S3's REST protocol, with the bucket in the path: objects and their listing, as clients and `aws s3 cp` need them. */
export function answerS3(s3: S3, request: WireRequest, onSurprise?: (error: unknown) => void): WireResponse {
  try {
    return route(s3, request);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) onSurprise?.(thrown);
    const error = thrown instanceof ServiceError ? thrown : new ServiceError('InternalError', String(thrown));
    const status = statuses[error.name] ?? 400;
    // HEAD has no body: clients go by the status alone.
    if (request.method === 'HEAD') return { status, headers: {}, body: new Uint8Array() };
    return xml(status, 'Error', { Code: error.name, Message: error.message });
  }
}

function route(s3: S3, request: WireRequest): WireResponse {
  const [bucket = '', ...rest] = decodedPath(request.path).split('/').slice(1);
  const key = rest.join('/');
  const method = request.method;
  if (bucket === '') return method === 'GET' ? listBuckets(s3) : notImplemented(request);
  return key === '' ? onBucket(s3, request, bucket) : onObject(s3, request, bucket, key);
}

function onBucket(s3: S3, request: WireRequest, bucket: string): WireResponse {
  if (request.method === 'PUT') {
    s3.createBucket(bucket);
    return empty(200);
  }
  if (request.method === 'GET' && request.query.has('location')) return xml(200, 'LocationConstraint', {}, namespace);
  const files = s3.list(bucket, request.query.get('prefix') ?? '');
  if (request.method === 'HEAD') return empty(200);
  if (request.method !== 'GET') return notImplemented(request);
  return xml(200, 'ListBucketResult', listing(bucket, files, request.query), namespace);
}

function onObject(s3: S3, request: WireRequest, bucket: string, key: string): WireResponse {
  const { method, headers, query } = request;
  if (query.has('uploads') || query.has('uploadId')) return onUpload(s3, request, bucket, key);
  if (query.has('acl') || query.has('tagging')) return notImplemented(request);
  if (method === 'HEAD') return { status: 200, headers: describe(s3.head(bucket, key)), body: new Uint8Array() };
  if (method === 'GET') return getObject(s3, bucket, key, headers.range);
  if (method === 'DELETE') {
    s3.remove(bucket, key);
    return empty(204);
  }
  if (method !== 'PUT' || headers['x-amz-copy-source'] !== undefined) return notImplemented(request);
  const { etag } = s3.put(bucket, key, bodyOf(request));
  return { status: 200, headers: { etag: `"${etag}"` }, body: new Uint8Array() };
}

/** The four calls of an upload in parts. */
function onUpload(s3: S3, request: WireRequest, bucket: string, key: string): WireResponse {
  const { method, query } = request;
  const upload = query.get('uploadId');
  if (upload === null) {
    if (method !== 'POST') return notImplemented(request);
    const begun = { Bucket: bucket, Key: key, UploadId: s3.uploads.begin() };
    return xml(200, 'InitiateMultipartUploadResult', begun, namespace);
  }
  if (method === 'DELETE') {
    s3.uploads.abort(upload);
    return empty(204);
  }
  if (method === 'PUT') {
    const etag = s3.uploads.put(upload, Number(query.get('partNumber')), bodyOf(request));
    return { status: 200, headers: { etag: `"${etag}"` }, body: new Uint8Array() };
  }
  if (method !== 'POST') return notImplemented(request);
  const parts = [...new TextDecoder().decode(request.body).matchAll(/<PartNumber>\s*(\d{1,5})\s*</g)];
  const body = s3.uploads.complete(
    upload,
    parts.map(([, number]) => Number(number)),
  );
  const { etag } = s3.put(bucket, key, body);
  return xml(200, 'CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: `"${etag}"` }, namespace);
}

function getObject(s3: S3, bucket: string, key: string, range: string | undefined): WireResponse {
  const head = s3.head(bucket, key);
  const body = s3.get(bucket, key);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) return { status: 200, headers: describe(head), body };
  const from = Number(first);
  const to = Math.min(last === '' || last === undefined ? head.size - 1 : Number(last), head.size - 1);
  if (from > to) return xml(416, 'Error', { Code: 'InvalidRange', Message: 'The requested range is not satisfiable' });
  const part = body.subarray(from, to + 1);
  const contentRange = {
    'content-range': `bytes ${from}-${to}/${head.size}`,
    'content-length': String(part.byteLength),
  };
  return { status: 206, headers: { ...describe(head), ...contentRange }, body: part };
}

function describe(head: ObjectHead): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    'content-length': String(head.size),
    'last-modified': new Date(head.modified).toUTCString(),
    etag: `"${head.etag}"`,
    'accept-ranges': 'bytes',
  };
}

function bodyOf({ headers, body }: WireRequest): Uint8Array {
  const framed =
    (headers['content-encoding'] ?? '').includes('aws-chunked') ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const decoded = framed ? decodeAwsChunked(body) : body;
  if (decoded === undefined) throw new ServiceError('IncompleteBody', 'The body is no complete aws-chunked message');
  return decoded;
}

function listBuckets(s3: S3): WireResponse {
  const buckets = s3.buckets().map((name) => ({ Name: name, CreationDate: '2020-01-01T00:00:00.000Z' }));
  return xml(200, 'ListAllMyBucketsResult', { Owner: { ID: 'local' }, Buckets: { Bucket: buckets } }, namespace);
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function notImplemented({ method, query }: WireRequest): never {
  throw new ServiceError('NotImplemented', `${method} ?${query} is not served here`);
}

function xml(status: number, root: string, element: XmlElement, xmlns?: string): WireResponse {
  const body = new TextEncoder().encode(printXml(root, element, xmlns));
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function empty(status: number): WireResponse {
  return { status, headers: {}, body: new Uint8Array() };
}
