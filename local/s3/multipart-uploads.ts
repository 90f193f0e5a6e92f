import { createHash } from 'node:crypto';
import { ServiceError } from '../service/service-error.ts';
import type { ObjectHeaders } from './object-metadata.ts';

/** Uploads in parts, which clients choose for larger files. The parts are in memory until the upload is complete. */
export interface MultipartUploads {
  /** @param headers what the object is to be put with */
  begin(headers: ObjectHeaders): string;
  /** @returns the part's ETag, without quotation marks */
  put(upload: string, part: number, body: Uint8Array): string;
  /** @param parts their numbers, in their order. */
  complete(upload: string, parts: readonly number[]): { readonly body: Uint8Array; readonly headers: ObjectHeaders };
  abort(upload: string): void;
}

export function createMultipartUploads(uuid: () => string): MultipartUploads {
  const uploads = new Map<string, { readonly headers: ObjectHeaders; readonly parts: Map<number, Uint8Array> }>();
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
      existing(upload).parts.set(part, Uint8Array.from(body));
      return createHash('md5').update(body).digest('hex');
    },
    complete(upload, numbers) {
      const { parts, headers } = existing(upload);
      const bodies = numbers.map((number) => {
        const body = parts.get(number);
        if (body === undefined) throw new ServiceError('InvalidPart', `The part ${number} has not been uploaded`);
        return body;
      });
      uploads.delete(upload);
      return { body: Buffer.concat(bodies), headers };
    },
    abort: (upload) => void uploads.delete(upload),
  };
}
