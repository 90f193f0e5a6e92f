import { createHash } from 'node:crypto';

/** Bytes of SHA-256 kept: enough that collisions cannot be searched for. */
const bytes = 16;
/** Length of 16 bytes in base 36. */
export const digestLength = 25;

/**
 * A name for a text of any length and any origin: 128 bits of SHA-256 in 25 characters, `0` to `9` and `a` to `z`. Base 36
 * is shorter than hexadecimal and leaves more of a run's id to its label.
 */
export function digest(text: string): string {
  const hash = createHash('sha256').update(text).digest().subarray(0, bytes).toString('hex');
  return BigInt(`0x${hash}`).toString(36).padStart(digestLength, '0');
}
