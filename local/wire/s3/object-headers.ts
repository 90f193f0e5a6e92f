import type { ObjectHeaders } from '../../s3/object-metadata.ts';
import type { ObjectHead } from '../../s3/s3.ts';
import { ServiceError } from '../../service/service-error.ts';

type Headers = Readonly<Record<string, string>>;

const kept = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];
const checksum = 'x-amz-checksum-';
const metadata = 'x-amz-meta-';
/** Limit for the names and values of all user metadata, in bytes. */
const mostMetadata = 2_048;

/** The headers that an object keeps. @throws {ServiceError} MetadataTooLarge */
export function headersToKeep(headers: Headers): ObjectHeaders {
  const given = Object.entries(headers).filter(([name]) => kept.includes(name) || name.startsWith(metadata));
  const own = given.filter(([name]) => name.startsWith(metadata));
  const size = own.reduce((sum, [name, value]) => sum + Buffer.byteLength(name.slice(metadata.length) + value), 0);
  if (size > mostMetadata) {
    throw new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  return {
    ...Object.fromEntries(given),
    ...(encoding.length > 0 && { 'content-encoding': encoding.join(',') }),
  };
}

/** The headers that GET and HEAD return. Checksums are returned on request. */
export function describe(head: ObjectHead, asked: Headers): Record<string, string> {
  const showsChecksums = asked['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && asked.range === undefined;
  const shown = Object.entries(head.headers).filter(([name]) => !name.startsWith(checksum) || showsChecksums);
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(shown),
    'content-length': String(head.size),
    'last-modified': new Date(head.modified).toUTCString(),
    etag: `"${head.etag}"`,
    'accept-ranges': 'bytes',
  };
}

/** `x-amz-checksum-crc32` → `ChecksumCRC32`, as XML answers name it. */
export function checksumElements(headers: Headers): Record<string, string> {
  const sums = Object.entries(headers).filter(([name]) => name.startsWith(checksum));
  return Object.fromEntries(
    sums.map(([name, value]) => [`Checksum${name.slice(checksum.length).toUpperCase()}`, value]),
  );
}
