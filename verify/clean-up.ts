import { failureOf } from '../shared/services/service-error.ts';
import type { Leftover } from './account.ts';

/** What has been made, to be removed the other way round. */
export type CleanUp = {
  /** Before it is made: a call that fails may have made it all the same. `undo` of what is not there is no failure. */
  add(what: string, undo: () => Promise<unknown>): void;
  /** Goes on where something cannot be removed, and forgets what was. */
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
