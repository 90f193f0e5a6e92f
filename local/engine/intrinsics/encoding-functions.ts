import { createHash } from 'node:crypto';
import { text } from './argument-types.ts';
import { BadArgument, type IntrinsicFunction } from './intrinsic.ts';

/** Step Functions guide: limit in characters for data to encode, decode or hash. */
const maxLength = 10_000;

function short(value: unknown): string {
  const given = text(value);
  if (given.length > maxLength) throw new BadArgument(`The text has more than ${maxLength} characters`);
  return given;
}

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function decode(encoded: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) throw new BadArgument('The text is not Base64');
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** Lower-case hexadecimal. Other values than strings are hashed as JSON text. */
function hash(data: unknown, algorithm: string): string {
  const name = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (name === undefined) throw new BadArgument(`The algorithm ${algorithm} is not one of ${Object.keys(algorithms)}`);
  return createHash(name)
    .update(short(typeof data === 'string' ? data : JSON.stringify(data)), 'utf8')
    .digest('hex');
}

export const encodingFunctions = {
  'States.Base64Encode': { arity: [1, 1], apply: ([data]) => Buffer.from(short(data), 'utf8').toString('base64') },
  'States.Base64Decode': { arity: [1, 1], apply: ([data]) => decode(short(data)) },
  'States.Hash': { arity: [2, 2], apply: ([data, algorithm]) => hash(data, text(algorithm)) },
} satisfies Record<string, IntrinsicFunction>;
