import { digest, digestLength } from '../../ledger/digest.ts';

/** Leaves room for `-r2` and a part's `-part-3` in the 80 characters of an execution's name. */
const idLength = 64;

/** With logging on, Step Functions accepts only these characters in an execution's name. */
const refused = /[^0-9A-Za-z_-]+/g;

/** Length of the digest that ends the ids of reruns and of causes that are not plain. */
const looksMade = new RegExp(`-r\\d+$|-[0-9a-z]{${digestLength}}$`);

/**
 * The id of a pipeline's run, derived from its cause: equal causes give equal ids, different causes different ids. A
 * short and plain cause ends the id; otherwise a hash of the cause does, after the label.
 *
 * @param label a readable name of the cause; absent: the cause itself
 */
export function runId(pipeline: string, cause: string, label?: string): string {
  const exact = `${pipeline}-${cause}`;
  const isPlain = exact.length <= idLength && !exact.match(refused) && !looksMade.test(exact);
  if (label === undefined && isPlain) return exact;
  const hash = digest(`${pipeline}\n${cause}`);
  const plain = `${pipeline}-${label ?? cause}`.replaceAll(refused, '-');
  return `${plain.slice(0, idLength - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/** The id of a rerun: `ID-r2`, `ID-r3`, whichever run of the series it repeats. */
export function rerunId(run: string, number: number): string {
  return `${run.replace(/-r\d+$/, '')}-r${number}`;
}
