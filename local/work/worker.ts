import type { LocalEnd, LocalWork } from './local-work.ts';

/** Does work. */
export interface Worker {
  /** How work of the thing is done. Undefined: nothing says so. */
  plan(kind: string, name: string): Doing | undefined;
}

/**
 * Does it, or goes on with it after a restart, and reports its end once. Answers with what stops it without a report.
 */
export type Doing = (work: LocalWork, report: (end: LocalEnd) => void) => () => void;
