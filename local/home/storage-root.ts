import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { EngineStore } from '../engine/ports/engine-store.ts';
import { createMemoryStore } from '../engine/store/create-memory-store.ts';
import { openEngineStore } from '../engine/store/open-engine-store.ts';
import { createFolderFiles } from '../s3/folder-files.ts';
import { createMemoryFiles } from '../s3/memory-files.ts';
import type { ObjectFiles } from '../s3/object-files.ts';
import { openDatabase } from '../storage/open-database.ts';
import { isRefusedByDisk } from '../storage/sqlite-error.ts';
import { UnusableHome } from '../storage/unusable-home.ts';
import { lockHome } from './home-lock.ts';
import { makeHome, makePrivateFile } from './make-home.ts';

/** The storage of a runtime. */
export type Place = {
  /** Absolute path. Undefined: everything is in memory, and ends with the process. */
  readonly home: string | undefined;
  readonly database: DatabaseSync;
  readonly engineStore: EngineStore;
  readonly files: ObjectFiles;
  /** Closes the storage and releases the home. */
  release(): void;
};

/** The folder of the local buckets. */
export function bucketsIn(home: string): string {
  return path.join(home, 's3');
}

/**
 * @param home a folder, created if missing, or `:memory:`
 * @throws {HomeInUse}
 * @throws {UnusableHome}
 */
export function openPlace(home: string, options: { readonly now: () => number; readonly uuid: () => string }): Place {
  if (home === ':memory:') {
    const database = openDatabase(home);
    const files = createMemoryFiles(options.now);
    return { home: undefined, database, engineStore: createMemoryStore(), files, release: () => database.close() };
  }
  const folder = path.resolve(home);
  makeHome(folder);
  const unlock = lockHome(folder);
  try {
    const file = path.join(folder, 'gluewright.db');
    makePrivateFile(file);
    const database = openDatabase(file);
    const files = createFolderFiles(bucketsIn(folder), {
      drafts: path.join(folder, 'drafts'),
      folderKeys: path.join(folder, 'folder-keys'),
      uuid: options.uuid,
    });
    const release = () => {
      database.close();
      unlock();
    };
    return { home: folder, database, engineStore: openEngineStore(database), files, release };
  } catch (error) {
    unlock();
    throw isRefusedByDisk(error) ? new UnusableHome(folder, error) : error;
  }
}
