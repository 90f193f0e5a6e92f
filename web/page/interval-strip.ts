export type Slot = {
  /** ISO 8601. */
  readonly start: string;
  /** Absent: nothing was published for it. */
  readonly run?: string;
};

/** Gaps longer than this are not spelled out. */
const longestGap = 60;

/**
 * A dataset's intervals in order, the latest first, including those without a publication between two others. Days of
 * 23 or 25 hours count as days.
 *
 * @param publications by their interval as the ledger names it, `START/END`; others are left out
 */
export function intervalStrip(
  publications: readonly { readonly interval: string; readonly run: string }[],
): readonly Slot[] {
  const known = publications
    .flatMap(({ interval, run }) => {
      const [start = '', end = ''] = interval.split('/');
      const from = Date.parse(start);
      const to = Date.parse(end);
      return to > from ? [{ from, to, run }] : [];
    })
    .toSorted((a, b) => b.from - a.from);
  return known.flatMap(({ from, run }, index): Slot[] => {
    const own = { start: new Date(from).toISOString(), run };
    const before = known[index + 1];
    if (before === undefined) return [own];
    const length = before.to - before.from;
    const missing = Math.min(longestGap, Math.round((from - before.to) / length));
    const gaps = Array.from({ length: Math.max(0, missing) }, (_, number) => ({
      start: new Date(before.to + (missing - 1 - number) * length).toISOString(),
    }));
    return [own, ...gaps];
  });
}
