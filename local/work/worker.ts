import type { LocalEnd, LocalWork } from './local-work.ts';
import type { Runner } from './runner.ts';

/** Does work. */
export interface Worker {
  /** How work of the thing is done. Undefined: nothing says so. */
  plan(kind: string, name: string): Doing | undefined;
}

/** Begins the work, or goes on with it after a restart. */
export type Doing = Runner<LocalWork, LocalEnd>;
