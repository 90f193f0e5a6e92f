/** The clock of everything in `local/`. Times are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `action` once, at `time` or as soon afterwards as possible. Returns a function that cancels it. */
  at(time: number, action: () => void): () => void;
  /** A virtual clock stops while this work is in progress. The work itself must not wait for a time. */
  track?(work: Promise<unknown>): void;
}
