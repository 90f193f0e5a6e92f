import { ServiceError } from '../../service/service-error.ts';

/** Distinguishes tokens from made-up texts. */
const mark = 'after:';

export function writeToken(after: string): string {
  return Buffer.from(`${mark}${after}`).toString('base64');
}

/** @throws {ServiceError} InvalidArgument */
export function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith(mark)) {
    throw new ServiceError('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return text.slice(mark.length);
}
