import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** S3's checksums in base64, by the suffix of `x-amz-checksum-`. */
export const checksums: Readonly<Record<string, (body: Uint8Array) => string>> = {
  crc32: (body) => base64([crc32(body)]),
  crc32c: (body) => base64([crc32c(body)]),
  crc64nvme: (body) => base64(crc64nvme(body)),
  sha1: (body) => createHash('sha1').update(body).digest('base64'),
  sha256: (body) => createHash('sha256').update(body).digest('base64'),
};

function base64(words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word >>> 0, index * 4);
  return bytes.toString('base64');
}

/** The reflected polynomials as two 32-bit words. CRC-32C (Castagnoli) has no upper word. */
const castagnoli = tableOf(0, 0x82f63b78);
const nvme = tableOf(0x9a6c9329, 0xac4bc9b5);

type Table = { readonly high: Uint32Array; readonly low: Uint32Array };

function tableOf(polynomialHigh: number, polynomialLow: number): Table {
  const table = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let byte = 0; byte < 256; byte += 1) {
    let [high, low] = [0, byte];
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = (low & 1) === 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) [high, low] = [high ^ polynomialHigh, low ^ polynomialLow];
    }
    table.high[byte] = high >>> 0;
    table.low[byte] = low >>> 0;
  }
  return table;
}

function crc32c(body: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of body) crc = (castagnoli.low[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc;
}

function crc64nvme(body: Uint8Array): readonly [number, number] {
  let [high, low] = [0xffffffff, 0xffffffff];
  for (const byte of body) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] ?? 0);
    high = (high >>> 8) ^ (nvme.high[index] ?? 0);
  }
  return [~high, ~low];
}
