import type { ObjectHead } from '../../s3/s3.ts';
import { ServiceError } from '../../service/service-error.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The conditions of a read, in the order of RFC 9110. Copy conditions have the prefix `x-amz-copy-source-`.
 *
 * @throws {ServiceError} PreconditionFailed, NotModified
 */
export function checkRead(head: ObjectHead, headers: Headers, prefix = ''): void {
  const given = (name: string): string | undefined => headers[`${prefix}${name}`];
  const match = given('if-match');
  const since = given('if-unmodified-since');
  if (match !== undefined) {
    if (!names(match, head.etag)) throw failed('If-Match');
  } else if (since !== undefined && isLater(head.modified, since)) throw failed('If-Unmodified-Since');
  const noneMatch = given('if-none-match');
  const modified = given('if-modified-since');
  const unchanged =
    noneMatch !== undefined
      ? names(noneMatch, head.etag)
      : modified !== undefined && Number.isFinite(Date.parse(modified)) && !isLater(head.modified, modified);
  if (unchanged && prefix !== '') throw failed(noneMatch === undefined ? 'If-Modified-Since' : 'If-None-Match');
  if (unchanged) throw new ServiceError('NotModified', 'Not Modified');
}

/**
 * The conditions of a write: `If-None-Match: *` only creates an object, and `If-Match` only replaces that version.
 *
 * @param head undefined if the object does not exist
 * @throws {ServiceError} PreconditionFailed, NoSuchKey, NotImplemented
 */
export function checkWrite(head: ObjectHead | undefined, headers: Headers): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    const problem = 'A header you provided implies functionality that is not implemented';
    throw new ServiceError('NotImplemented', problem);
  }
  if (noneMatch !== undefined && head !== undefined) throw failed('If-None-Match');
  if (match === undefined) return;
  if (head === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.');
  if (!names(match, head.etag)) throw failed('If-Match');
}

function failed(condition: string): ServiceError {
  return new ServiceError(
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
  );
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((one) => {
    const bare = one.trim().replace(/^W\//, '').replaceAll('"', '');
    return bare === '*' || bare === etag;
  });
}

/** HTTP dates have whole seconds. */
function isLater(modified: number, date: string): boolean {
  return Math.floor(modified / 1_000) * 1_000 > Date.parse(date);
}
