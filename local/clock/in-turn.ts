/**
 * Lets those who wait go on one after the other, each in a turn of the event loop of its own: whoever reads and writes the
 * ledger at home in one turn meets nobody there. No clock is asked, so that a simulation takes no longer by it.
 */
export function createInTurn(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
