/** Leaves room for `-r2` and, behind it, a part's `-part-3` in the 80 characters of an execution's name. */
const idLength = 64;

/** Of an execution's name Step Functions takes more, but with logging switched on only these. */
const refused = /[^0-9A-Za-z_-]+/g;

/**
 * The id of a pipeline's run, made from what caused it: the same cause gives the same id, another one another. Where the cause
 * is short and plain it is the id's end; otherwise that is a hash of the cause, behind the label.
 *
 * @param label what people know the cause by; absent: the cause itself
 */
export function runId(pipeline: string, cause: string, label?: string): string {
  const exact = `${pipeline}-${cause}`;
  const isPlain = exact.length <= idLength && !exact.match(refused) && !/-r\d+$|-[0-9a-f]{16}$/.test(exact);
  if (label === undefined && isPlain) return exact;
  const hash = fnv1a(`${pipeline}\n${cause}`);
  const plain = `${pipeline}-${label ?? cause}`.replaceAll(refused, '-');
  return `${plain.slice(0, idLength - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/** The id of a run's rerun: `ID-r2`, `ID-r3`, whichever run of the line it was made from. */
export function rerunId(run: string, number: number): string {
  return `${run.replace(/-r\d+$/, '')}-r${number}`;
}

const offset = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;

/** FNV-1a of 128 bits, folded to 64, as 16 hexadecimal digits. Not for secrets: for names. */
function fnv1a(text: string): string {
  let hash = offset;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime);
  return (BigInt.asUintN(64, hash) ^ (hash >> 64n)).toString(16).padStart(16, '0');
}
