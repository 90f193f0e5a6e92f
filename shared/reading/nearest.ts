/**
 * Comparing names takes time, and a file may hold thousands of wrong ones: after this much work, nothing is
 * suggested.
 */
const looksPerFile = 300_000;

type Names = readonly string[] | ReadonlySet<string>;

/** Suggests the known name that was probably meant. One instance for each file. */
export class Nearest {
  #left = looksPerFile;

  /** The known name closest to `name`, if it was probably meant. */
  of(name: string, known: Names, except?: string): string | undefined {
    const wanted = name.toLowerCase();
    let best: string | undefined;
    // one letter in three may differ; in the shortest names, only the case
    let least = Math.floor(Math.min(name.length, 64) / 3) + 1;
    for (const candidate of this.#each(known)) {
      if (candidate === except || Math.abs(candidate.length - name.length) >= least) continue;
      const distance = editDistance(wanted, candidate.toLowerCase());
      this.#left -= 10;
      if (distance < least) [best, least] = [candidate, distance];
    }
    return best ?? this.#alike(wanted, known, except);
  }

  /** The only name with the same beginning and another ending: `any_success`, `any_succeeded`. */
  #alike(wanted: string, known: Names, except?: string): string | undefined {
    const most = Math.max(6, Math.ceil(wanted.length * 0.8));
    if (wanted.length < most) return undefined;
    const beginning = wanted.slice(0, most);
    const found = this.among(known, (name) => name !== except && name.toLowerCase().startsWith(beginning));
    return found.length === 1 ? found[0] : undefined;
  }

  /** The first known name that continues `beginning`. */
  beginningWith(beginning: string, known: Names): string | undefined {
    for (const candidate of this.#each(known)) if (candidate.startsWith(beginning)) return candidate;
    return undefined;
  }

  /** Known names that pass, for a remedy to choose from. */
  among(known: Names, passes: (name: string) => boolean): string[] {
    const those: string[] = [];
    for (const candidate of this.#each(known)) if (passes(candidate)) those.push(candidate);
    return those;
  }

  /** A remedy: the nearest name, or else the choices. */
  remedy(name: string, known: Names, otherwise: string, except?: string): string {
    const nearest = this.of(name, known, except);
    if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
    const shown: string[] = [];
    for (const one of known) if (one !== except && shown.push(`\`${one}\``) === 12) break;
    if (shown.length === 0) return otherwise;
    const size = 'size' in known ? known.size : known.length;
    const more = size - shown.length - (except === undefined ? 0 : 1);
    return `known here: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
  }

  *#each(known: Names): Iterable<string> {
    for (const name of known) {
      if (this.#left <= 0) return;
      this.#left -= 1;
      yield name;
    }
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
