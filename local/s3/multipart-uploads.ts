import { createHash } from 'node:crypto';
import { ServiceError } from '../service/service-error.ts';

/** Uploads in parts, which clients choose for larger files. The parts are in memory until the upload is complete. */
export interface MultipartUploads {
  begin(): string;
  /** @returns the part's ETag, without quotation marks */
  put(upload: string, part: number, body: Uint8Array): string;
  /** @param parts their numbers, in their order. @returns the whole body */
  complete(upload: string, parts: readonly number[]): Uint8Array;
  abort(upload: string): void;
}

export function createMultipartUploads(uuid: () => string): MultipartUploads {
  const uploads = new Map<string, Map<number, Uint8Array>>();
  const partsOf = (upload: string): Map<number, Uint8Array> => {
    const parts = uploads.get(upload);
    if (parts === undefined) throw new ServiceError('NoSuchUpload', 'The specified multipart upload does not exist.');
    return parts;
  };

  return {
    begin() {
      const upload = uuid();
      uploads.set(upload, new Map());
      return upload;
    },
    put(upload, part, body) {
      partsOf(upload).set(part, Uint8Array.from(body));
      return createHash('md5').update(body).digest('hex');
    },
    complete(upload, numbers) {
      const parts = partsOf(upload);
      const bodies = numbers.map((number) => {
        const body = parts.get(number);
        if (body === undefined) throw new ServiceError('InvalidPart', `The part ${number} has not been uploaded`);
        return body;
      });
      uploads.delete(upload);
      return Buffer.concat(bodies);
    },
    abort: (upload) => void uploads.delete(upload),
  };
}
