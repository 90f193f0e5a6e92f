/** The clock of everything in `local/`. Epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `action` once, at `time` or as soon after it as possible. Returns a function that cancels it. */
  at(time: number, action: () => void): () => void;
  /** A virtual clock stands still while this work is in progress. The work must not wait for a time itself. */
  track?(work: Promise<unknown>): void;
}
