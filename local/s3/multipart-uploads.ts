import { createHash } from 'node:crypto';
import { ServiceError } from '../service/service-error.ts';
import type { ObjectHeaders } from './object-metadata.ts';

/** A part as the client names it when it completes the upload. */
export type NamedPart = { readonly number: number; readonly etag: string };

type CompletedUpload = { readonly body: Uint8Array; readonly etag: string; readonly headers: ObjectHeaders };

/** Uploads in parts, which clients choose for larger files. The parts are in memory until the upload is complete. */
export interface MultipartUploads {
  /** @param headers what the object is to be put with */
  begin(headers: ObjectHeaders): string;
  /** @returns the part's ETag, without quotation marks */
  put(upload: string, part: number, body: Uint8Array): string;
  /** @throws {ServiceError} NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall */
  complete(upload: string, parts: readonly NamedPart[]): CompletedUpload;
  abort(upload: string): void;
}

/** Every part but the last has at least 5 MiB. */
const smallestPart = 5 * 1024 * 1024;

type Part = { readonly body: Uint8Array; readonly digest: Buffer };

export function createMultipartUploads(uuid: () => string): MultipartUploads {
  const uploads = new Map<string, { readonly headers: ObjectHeaders; readonly parts: Map<number, Part> }>();
  const existing = (upload: string) => {
    const found = uploads.get(upload);
    if (found === undefined) throw new ServiceError('NoSuchUpload', 'The specified multipart upload does not exist.');
    return found;
  };

  return {
    begin(headers) {
      const upload = uuid();
      uploads.set(upload, { headers, parts: new Map() });
      return upload;
    },
    put(upload, part, body) {
      const digest = createHash('md5').update(body).digest();
      existing(upload).parts.set(part, { body: Uint8Array.from(body), digest });
      return digest.toString('hex');
    },
    complete(upload, named) {
      const { parts, headers } = existing(upload);
      if (named.some(({ number }, at) => number <= (named[at - 1]?.number ?? 0))) {
        const problem = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
        throw new ServiceError('InvalidPartOrder', problem);
      }
      const used = named.map((part) => usedPart(part, parts));
      if (used.slice(0, -1).some(({ body }) => body.byteLength < smallestPart)) {
        throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      }
      uploads.delete(upload);
      const body = Buffer.concat(used.map((part) => part.body));
      return { body, etag: etagOf(used.map(({ digest }) => digest)), headers };
    },
    abort: (upload) => void uploads.delete(upload),
  };
}

function usedPart({ number, etag }: NamedPart, parts: ReadonlyMap<number, Part>): Part {
  const part = parts.get(number);
  if (part !== undefined && part.digest.toString('hex') === etag) return part;
  const problem =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  throw new ServiceError('InvalidPart', problem);
}

/** The digest of the parts' digests, and the number of parts: no digest of the whole (S3 guide, checking integrity). */
function etagOf(digests: readonly Buffer[]): string {
  return `${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${digests.length}`;
}
