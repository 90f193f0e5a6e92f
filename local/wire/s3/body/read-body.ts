import { createHash } from 'node:crypto';
import type { WireRequest } from '../../../service/http-message.ts';
import { ServiceError } from '../../../service/service-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { checksums } from './checksums.ts';

export type ReadBody = {
  readonly body: Uint8Array;
  /** The checksums that were sent and are correct: header names and base64. */
  readonly checksums: Readonly<Record<string, string>>;
};

const prefix = 'x-amz-checksum-';

/**
 * The body of an upload without its framing, checked against everything that the client states about it.
 *
 * @throws {ServiceError} IncompleteBody, InvalidDigest, BadDigest, XAmzContentSHA256Mismatch
 */
export function readBody(request: WireRequest): ReadBody {
  const { headers } = request;
  const signed = headers['x-amz-content-sha256'] ?? '';
  const framed = (headers['content-encoding'] ?? '').includes('aws-chunked') || signed.startsWith('STREAMING-');
  const { body, trailers } = framed ? unframed(request) : { body: request.body, trailers: {} };
  checkMd5(body, headers['content-md5']);
  if (/^[0-9a-f]{64}$/i.test(signed) && signed.toLowerCase() !== hash('sha256', body, 'hex')) {
    const problem = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new ServiceError('XAmzContentSHA256Mismatch', problem);
  }
  return { body, checksums: checked(body, { ...headers, ...trailers }) };
}

function unframed({ headers, body }: WireRequest) {
  const decoded = decodeAwsChunked(body);
  const length = headers['x-amz-decoded-content-length'];
  if (decoded === undefined || (length !== undefined && Number(length) !== decoded.body.byteLength)) {
    const problem = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
    throw new ServiceError('IncompleteBody', problem);
  }
  return decoded;
}

function checkMd5(body: Uint8Array, given: string | undefined): void {
  if (given === undefined) return;
  if (Buffer.from(given, 'base64').byteLength !== 16) {
    throw new ServiceError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (given !== hash('md5', body, 'base64')) {
    throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

function checked(body: Uint8Array, headers: Readonly<Record<string, string>>): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [algorithm, compute] of Object.entries(checksums)) {
    const name = `${prefix}${algorithm}`;
    const given = headers[name];
    if (given === undefined) continue;
    if (given !== compute(body)) {
      const problem = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw new ServiceError('BadDigest', problem);
    }
    sent[name] = given;
  }
  return sent;
}

function hash(algorithm: string, body: Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(body).digest(encoding);
}
