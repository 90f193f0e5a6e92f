import { digest, digestLength } from '../../ledger/digest.ts';

/** Leaves room for `-r2` and, behind it, a part's `-part-3` in the 80 characters of an execution's name. */
const idLength = 64;

/** Of an execution's name Step Functions takes more, but with logging switched on only these. */
const refused = /[^0-9A-Za-z_-]+/g;

/** What the ids of reruns, and of causes that are not plain, end with. */
const looksMade = new RegExp(`-r\\d+$|-[0-9a-z]{${digestLength}}$`);

/**
 * The id of a pipeline's run, made from what caused it: the same cause gives the same id, another one another. Where the cause
 * is short and plain it is the id's end; otherwise that is a hash of the cause, behind the label.
 *
 * @param label what people know the cause by; absent: the cause itself
 */
export function runId(pipeline: string, cause: string, label?: string): string {
  const exact = `${pipeline}-${cause}`;
  const isPlain = exact.length <= idLength && !exact.match(refused) && !looksMade.test(exact);
  if (label === undefined && isPlain) return exact;
  const hash = digest(`${pipeline}\n${cause}`);
  const plain = `${pipeline}-${label ?? cause}`.replaceAll(refused, '-');
  return `${plain.slice(0, idLength - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/** The id of a run's rerun: `ID-r2`, `ID-r3`, whichever run of the line it was made from. */
export function rerunId(run: string, number: number): string {
  return `${run.replace(/-r\d+$/, '')}-r${number}`;
}
