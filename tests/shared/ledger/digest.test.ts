import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digest } from '../../../shared/ledger/digest.ts';

test.each(['', 'a', 'übergrößen 🗼', 'x'.repeat(100_000)])(
  'the digest is the first 128 bits of SHA-256, to the base 36',
  (text) => {
    const bits = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
    const number = [...digest(text)].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
    expect(number.toString(16).padStart(32, '0')).toBe(bits);
    expect(digest(text)).toHaveLength(25);
  },
);
