import { list, lost, object, type Place, path, quoted, total } from './document.ts';

/**
 * What a state keeps of the outcomes that came to it. It drops what no later state reads once there is enough of that:
 * otherwise the document of a long branch would grow with every task.
 */
export type Kept = {
  /** Undefined: they are written out, with what is added. */
  readonly from: string | undefined;
  readonly written: readonly Entry[];
  /** The keys that are there afterwards. */
  readonly keys: ReadonlySet<string>;
};

export type Entry = readonly [key: string, value: string];

/** Up to so many keys that nobody reads any more are carried along: that is shorter than to name them. */
const ballast = 4;

/**
 * @param there the keys that came, besides those that always come
 * @param isLive whether a later state reads the key
 * @param strict drops all that nobody reads, as at the end of a branch
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

/** What is kept, and more: `more` may be the whole maps of others, and holds the last word of each key. */
export function withMore({ from, written }: Kept, more: readonly Entry[], maps: readonly string[] = []): string {
  const added = new Set(more.map(([key]) => key));
  const own = written.filter(([key]) => !added.has(key));
  if (from === undefined && maps.length === 0) return object([...own, ...more]);
  const first = from ?? (own.length === 0 ? [] : object(own));
  const parts = [...[first].flat(), ...maps, ...(more.length === 0 ? [] : [object(more)])];
  const [only, another] = parts;
  return only !== undefined && another === undefined ? only : `$merge(${list(parts)})`;
}
