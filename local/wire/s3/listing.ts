import type { FileStat } from '../../s3/object-files.ts';
import type { WireResponse } from '../../service/http-message.ts';
import { ServiceError } from '../../service/service-error.ts';
import { readToken, writeToken } from './continuation-token.ts';
import type { S3Request } from './operation.ts';
import { respondXml } from './respond.ts';
import type { XmlElement } from './xml.ts';

const owner = { ID: 'local', DisplayName: 'local' };

/** ListObjectsV2: the token is the last key or common prefix of the previous page. */
export function listObjectsV2(request: S3Request): WireResponse {
  const { query } = request;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const page = pageOf(request, token === null ? (startAfter ?? '') : readToken(token));
  return respondXml('ListBucketResult', {
    ...common(request, page),
    KeyCount: page.entries.length,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.next === undefined ? undefined : writeToken(page.next),
    StartAfter: startAfter === null ? undefined : page.encode(startAfter),
    Contents: contents(request, page, query.get('fetch-owner') === 'true'),
  });
}

/** ListObjects, the first version: returns NextMarker only with a delimiter. */
export function listObjects(request: S3Request): WireResponse {
  const marker = request.query.get('marker') ?? '';
  const page = pageOf(request, marker);
  const next = request.query.get('delimiter') === null ? undefined : page.next;
  return respondXml('ListBucketResult', {
    ...common(request, page),
    Marker: page.encode(marker),
    NextMarker: next === undefined ? undefined : page.encode(next),
    Contents: contents(request, page, true),
  });
}

/** ListObjectVersions of an unversioned bucket: each object has one version, `null`. */
export function listVersions(request: S3Request): WireResponse {
  const marker = request.query.get('key-marker') ?? '';
  const page = pageOf(request, marker);
  const versions = contents(request, page, true).map((entry) => ({ ...entry, VersionId: 'null', IsLatest: true }));
  return respondXml('ListVersionsResult', {
    ...common(request, page),
    KeyMarker: page.encode(marker),
    NextKeyMarker: page.next === undefined ? undefined : page.encode(page.next),
    NextVersionIdMarker: page.next === undefined ? undefined : 'null',
    Version: versions,
  });
}

type Page = {
  readonly entries: readonly (FileStat | string)[];
  /** Where the next page starts. Undefined on the last page. */
  readonly next: string | undefined;
  readonly most: number;
  readonly encode: (text: string) => string;
};

function pageOf({ s3, bucket, query }: S3Request, after: string): Page {
  const prefix = query.get('prefix') ?? '';
  const most = maxKeys(query.get('max-keys'));
  const encode = query.get('encoding-type') === 'url' ? urlEncoded : (text: string) => text;
  const entries: (FileStat | string)[] = [];
  for (const file of s3.list(bucket, prefix)) {
    const group = commonPrefix(file.key, prefix, query.get('delimiter') ?? '');
    if (!isAfter(group ?? file.key, after) || (group !== undefined && entries.at(-1) === group)) continue;
    const last = entries.at(-1);
    if (entries.length === most) {
      return { entries, next: typeof last === 'string' ? last : last?.key, most, encode };
    }
    entries.push(group ?? file);
  }
  return { entries, next: undefined, most, encode };
}

function common({ bucket, query }: S3Request, { entries, next, most, encode }: Page): XmlElement {
  const delimiter = query.get('delimiter');
  const groups = entries.filter((entry) => typeof entry === 'string');
  return {
    Name: bucket,
    Prefix: encode(query.get('prefix') ?? ''),
    Delimiter: delimiter === null ? undefined : encode(delimiter),
    MaxKeys: most,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: next !== undefined,
    CommonPrefixes: groups.map((group) => ({ Prefix: encode(group) })),
  };
}

/** ETags come from the records of the objects. Only a file that was just dropped has to be read. */
function contents({ s3, bucket }: S3Request, { entries, encode }: Page, owned: boolean): readonly XmlElement[] {
  return entries.flatMap((file) => {
    if (typeof file === 'string') return [];
    return [
      {
        Key: encode(file.key),
        LastModified: new Date(file.modified).toISOString(),
        ETag: `"${s3.head(bucket, file.key).etag}"`,
        Size: file.size,
        Owner: owned ? owner : undefined,
        StorageClass: 'STANDARD',
      },
    ];
  });
}

function maxKeys(given: string | null): number {
  if (given === null || given === '') return 1_000;
  if (!/^\d{1,10}$/.test(given)) {
    throw new ServiceError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  return Math.min(1_000, Number(given));
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** S3 sorts by UTF-8 bytes. */
function isAfter(text: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(text), Buffer.from(after)) > 0;
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}
