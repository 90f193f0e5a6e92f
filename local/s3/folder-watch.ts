import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Above this, a bucket's folders are not watched: systems limit the number of watches of a user. */
const mostFolders = 4_000;

export type FolderWatch = {
  /** Watches these folders of the bucket, and no other ones of it. True: some were not watched before. */
  follow(bucket: string, folders: readonly string[]): boolean;
  close(): void;
};

/** Calls `onChange` when an entry of a folder may have changed. Some file systems never report a change. */
export function createFolderWatch(onChange: () => void): FolderWatch {
  const buckets = new Map<string, Map<string, FSWatcher>>();

  /** @returns undefined if the folder is gone, or the system's limit of watches is reached */
  function open(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_, entry) => {
        // Removing or moving the folder is reported under its own name. A new folder of that name needs a new watch.
        if (entry === path.basename(folder)) forgetBelow(folder);
        onChange();
      });
      return watcher.on('error', () => forgetBelow(folder));
    } catch {
      return undefined;
    }
  }

  function forgetBelow(folder: string): void {
    for (const watchers of buckets.values()) {
      for (const [each, watcher] of watchers) {
        if (each !== folder && !each.startsWith(`${folder}${path.sep}`)) continue;
        watcher.close();
        watchers.delete(each);
      }
    }
  }

  return {
    follow(bucket, folders) {
      const before = buckets.get(bucket) ?? new Map<string, FSWatcher>();
      const after = new Map<string, FSWatcher>();
      for (const folder of folders.length > mostFolders ? [] : folders) {
        const watcher = before.get(folder) ?? open(folder);
        if (watcher !== undefined) after.set(folder, watcher);
      }
      for (const [folder, watcher] of before) if (!after.has(folder)) watcher.close();
      buckets.set(bucket, after);
      return [...after.keys()].some((folder) => !before.has(folder));
    },
    close() {
      for (const watchers of buckets.values()) for (const watcher of watchers.values()) watcher.close();
      buckets.clear();
    },
  };
}
