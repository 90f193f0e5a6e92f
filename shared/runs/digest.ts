const offset = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;

/** FNV-1a of 128 bits, folded to 64, as 16 hexadecimal digits. Not for secrets: for names. */
export function digest(text: string): string {
  let hash = offset;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime);
  return (BigInt.asUintN(64, hash) ^ (hash >> 64n)).toString(16).padStart(16, '0');
}
