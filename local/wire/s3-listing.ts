import type { FileStat } from '../s3/object-files.ts';
import type { XmlElement } from './xml.ts';

/** A page of `ListObjectsV2`, as XML. The continuation token is the last key or common prefix of the page before. */
export function listing(bucket: string, files: readonly FileStat[], query: URLSearchParams): XmlElement {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const most = Math.min(1_000, Math.max(0, Number(query.get('max-keys') ?? 1_000) || 0));
  const encode = query.get('encoding-type') === 'url' ? urlEncoded : (text: string) => text;

  const page: (FileStat | string)[] = [];
  let truncated = false;
  for (const file of files) {
    const common = commonPrefix(file.key, prefix, delimiter);
    const mark = common ?? file.key;
    if (!isAfter(mark, after) || (common !== undefined && page.at(-1) === common)) continue;
    if (page.length === most) {
      truncated = true;
      break;
    }
    page.push(common ?? file);
  }
  const last = page.at(-1);
  const objects = page.filter((entry) => typeof entry !== 'string');
  const prefixes = page.filter((entry) => typeof entry === 'string');
  return {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: most,
    KeyCount: page.length,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: truncated,
    NextContinuationToken: truncated && last !== undefined ? (typeof last === 'string' ? last : last.key) : undefined,
    Contents: objects.map((file) => ({
      Key: encode(file.key),
      LastModified: new Date(file.modified).toISOString(),
      Size: file.size,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
  };
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** S3's order is that of the UTF-8 bytes. */
function isAfter(text: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(text), Buffer.from(after)) > 0;
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}
