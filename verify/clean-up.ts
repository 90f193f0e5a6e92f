import { failureOf } from '../shared/services/service-error.ts';
import type { Leftover } from './account.ts';

/** Everything made, to be removed in reverse order. */
export type CleanUp = {
  /** Called before the creation, since a failed call may have created it. Undoing a missing thing succeeds. */
  add(what: string, undo: () => Promise<unknown>): void;
  /** Continues after a failure to remove something, and forgets what was removed. */
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
