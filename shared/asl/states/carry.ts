import { list, lost, object, type Place, path, quoted, total } from './document.ts';

/**
 * The outcomes that a state passes on. It drops outcomes that no later state reads once there are enough of them.
 * Otherwise the document of a long branch would grow with every task.
 */
export type Kept = {
  /** The map to take them from. Undefined: they are written out one by one. */
  readonly from: string | undefined;
  readonly written: readonly Entry[];
  /** The keys of the result. */
  readonly keys: ReadonlySet<string>;
};

export type Entry = readonly [key: string, value: string];

/** The number of unread keys that stay: dropping them would need a longer expression. */
const ballast = 4;

/**
 * @param there the keys of the input, besides those that are always there
 * @param isLive whether a later state reads the key
 * @param strict drops every unread key, as at the end of a branch
 */
export function keep(place: Place, there: ReadonlySet<string>, isLive: (key: string) => boolean, strict = false): Kept {
  const all = `$states.input.${place}`;
  const live = [...there].filter(isLive);
  const dead = [...there].filter((key) => !isLive(key));
  const always = place === 'tasks' ? [total, lost] : [];
  if (dead.length === 0) return { from: all, written: [], keys: there };
  if (live.length <= 1) {
    const written = [...always, ...live].map((key): Entry => [key, path(key, place)]);
    return { from: undefined, written, keys: new Set(live) };
  }
  if (dead.length <= ballast && !strict) return { from: all, written: [], keys: there };
  const test =
    live.length < dead.length
      ? `$k in ${list([...always, ...live].map(quoted))}`
      : `$not($k in ${list(dead.map(quoted))})`;
  return { from: `$sift(${all},function($v,$k){${test}})`, written: [], keys: new Set(live) };
}

/** The kept outcomes, then whole `maps`, then `more`. For each key the last one counts. */
export function withMore({ from, written }: Kept, more: readonly Entry[], maps: readonly string[] = []): string {
  const added = new Set(more.map(([key]) => key));
  const own = written.filter(([key]) => !added.has(key));
  if (from === undefined && maps.length === 0) return object([...own, ...more]);
  const first = from ?? (own.length === 0 ? [] : object(own));
  const parts = [...[first].flat(), ...maps, ...(more.length === 0 ? [] : [object(more)])];
  const [only, another] = parts;
  return only !== undefined && another === undefined ? only : `$merge(${list(parts)})`;
}
