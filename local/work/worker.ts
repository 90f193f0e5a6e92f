import type { JsonObject } from '../../shared/json.ts';
import type { LocalEnd, LocalWork } from './local-work.ts';
import type { Runner } from './runner.ts';

/** Does work. */
export interface Worker {
  /**
   * How to do work of this name. Undefined if nothing says so.
   *
   * @param input of the call that starts it. Absent: any will do
   */
  plan(kind: string, name: string, input?: JsonObject): WorkRunner | undefined;
}

/** Starts the work, or resumes it after a restart. */
export type WorkRunner = Runner<LocalWork, LocalEnd>;
