/** A task that waits for places of a pool. */
export type Waiting = { readonly run: string; readonly task: string; readonly places: number };

/** `numbers`: the places that it gets. */
export type Admitted<W extends Waiting = Waiting> = W & { readonly numbers: readonly number[] };

/**
 * The tasks that get places now, in the order in which they wait. The first that does not fit keeps all behind it
 * waiting: otherwise small tasks would overtake a large one for ever.
 *
 * @param taken the numbers of the places that are held
 * @param capacity the places of the pool; undefined: the pool is no longer there, and limits nobody
 */
export function admitTo<W extends Waiting>(
  waiting: readonly W[],
  taken: readonly number[],
  capacity: number | undefined,
): Admitted<W>[] {
  if (capacity === undefined) return waiting.map((each) => ({ ...each, numbers: [] }));
  const free = freePlaces(taken, capacity);
  const admitted: Admitted<W>[] = [];
  for (const each of waiting) {
    // a pool may have become smaller than what the task asks for
    const places = Math.min(each.places, capacity);
    if (places > free.length) break;
    admitted.push({ ...each, numbers: free.splice(0, places) });
  }
  return admitted;
}

/**
 * The numbers of the places that may be taken. Two functions that look at the same time may give different numbers to
 * different tasks, so each number below a limit must be safe together with all others: the limit leaves room for every
 * place held at or above it. After a pool became smaller, such places are held until their work ends.
 */
export function freePlaces(taken: readonly number[], capacity: number): number[] {
  const held = new Set(taken);
  let limit = capacity;
  while (limit > 0 && limit + above(held, limit) > capacity) limit -= 1;
  return Array.from({ length: limit }, (_, number) => number).filter((number) => !held.has(number));
}

function above(held: ReadonlySet<number>, limit: number): number {
  return [...held].filter((number) => number >= limit).length;
}
