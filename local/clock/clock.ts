/** Time, as everything in `local/` sees it. Epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `action` once, at `time` or as soon after it as can be. Returns what cancels it. */
  at(time: number, action: () => void): () => void;
  /** A virtual clock does not go on while this work is under way. It must not itself wait for a time. */
  track?(work: Promise<unknown>): void;
}
