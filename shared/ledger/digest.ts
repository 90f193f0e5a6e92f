import { createHash } from 'node:crypto';

/** Of SHA-256: as many bits as make it hopeless to look for two texts that meet. */
const bytes = 16;
/** What 16 bytes take at most, to the base 36. */
export const digestLength = 25;

/**
 * A name for a text of any length that strangers may have chosen: 128 bits of SHA-256 in 25 characters, `0` to `9` and
 * `a` to `z`, which are fewer than the hexadecimal digits and leave more of a run's id to its label.
 */
export function digest(text: string): string {
  const hash = createHash('sha256').update(text).digest().subarray(0, bytes).toString('hex');
  return BigInt(`0x${hash}`).toString(36).padStart(digestLength, '0');
}
