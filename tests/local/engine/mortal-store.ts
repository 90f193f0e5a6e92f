import type { DatabaseSync } from 'node:sqlite';
import type { EngineStore } from '../../../local/engine/ports/engine-store.ts';
import { openEngineStore } from '../../../local/engine/store/open-engine-store.ts';

export type MortalStore = {
  readonly store: EngineStore;
  readonly isDead: () => boolean;
  readonly commits: () => number;
};

/** The store of a process that dies right after its n-th commit, before any of its consequences. */
export function mortalStore(database: DatabaseSync, dieBehind: number, onDeath: () => void): MortalStore {
  const store = openEngineStore(database);
  let commits = 0;
  const isDead = () => commits >= dieBehind;
  return {
    store: {
      ...store,
      commit(changes) {
        if (isDead()) throw new Error('dead');
        store.commit(changes);
        commits += 1;
        if (isDead()) onDeath();
      },
    },
    isDead,
    commits: () => commits,
  };
}
