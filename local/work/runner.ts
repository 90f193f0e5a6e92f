/** Starts work and reports its end once. Returns a function that stops it: stopped work reports nothing. */
export type Runner<Work, End> = (work: Work, report: (end: End) => void) => () => void;

/** A runner of work that an `AbortSignal` stops. Whatever it throws becomes an end. */
export function runnerOf<Work, End>(
  act: (work: Work, signal: AbortSignal) => Promise<End>,
  failed: (message: string) => End,
): Runner<Work, End> {
  return (work, report) => {
    const stopping = new AbortController();
    void act(work, stopping.signal)
      .catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)))
      .then((end) => {
        if (!stopping.signal.aborted) report(end);
      });
    return () => stopping.abort();
  };
}
