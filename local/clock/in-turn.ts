/**
 * Resumes waiters one per turn of the event loop. A synchronous read-decide-write on SQLite within a turn cannot
 * conflict. No clock is involved, so simulated time does not change.
 */
export function createInTurn(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
