/** Comparing names costs time, and a file may hold thousands of wrong ones: past this many nothing is suggested. */
const comparisonsPerFile = 100_000;

/** Suggests the known name that somebody may have meant. One for each file that is read. */
export class Nearest {
  #left = comparisonsPerFile;

  /** The one of `known` that is so close to `name` that it was probably meant. */
  of(name: string, known: Iterable<string>): string | undefined {
    const wanted = name.toLowerCase();
    let best: string | undefined;
    let least = Math.max(1, Math.floor(Math.min(name.length, 64) / 3)) + 1;
    for (const candidate of known) {
      if (Math.abs(candidate.length - name.length) >= least) continue;
      if (this.#left <= 0) break;
      this.#left -= 1;
      const distance = editDistance(wanted, candidate.toLowerCase());
      if (distance < least) [best, least] = [candidate, distance];
    }
    return best;
  }

  /** A remedy: the nearest name, or else what there is to choose from. */
  remedy(name: string, known: Iterable<string>, otherwise: string): string {
    const names = [...known];
    const nearest = this.of(name, names);
    if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
    if (names.length === 0) return otherwise;
    const shown = names.slice(0, 12).map((known) => `\`${known}\``);
    return `known here: ${shown.join(', ')}${names.length > shown.length ? `, and ${names.length - shown.length} more` : ''}`;
  }
}

/** Insertions, deletions, replacements and swapped neighbours. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? 0;
}
