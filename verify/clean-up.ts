import { failureOf } from '../shared/services/service-error.ts';
import type { Leftover } from './account.ts';

/** Removes everything that was made, in reverse order. */
export type CleanUp = {
  /** Call it before the thing is made, because a failed call may have made it. `undo` must accept a missing thing. */
  add(what: string, undo: () => Promise<unknown>): void;
  /** Continues after a failed removal, and forgets what it removed. */
  run(): Promise<readonly Leftover[]>;
};

export function createCleanUp(): CleanUp {
  let made: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  return {
    add: (what, undo) => void made.push({ what, undo }),
    async run() {
      const left: Leftover[] = [];
      const all = made.toReversed();
      made = [];
      for (const { what, undo } of all) {
        try {
          await undo();
        } catch (error) {
          left.push({ what, why: failureOf(error).reason });
        }
      }
      return left;
    },
  };
}
