import { type FSWatcher, watch } from 'node:fs';

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

  return {
    follow(bucket, folders) {
      const before = buckets.get(bucket) ?? new Map<string, FSWatcher>();
      const after = new Map<string, FSWatcher>();
      for (const folder of folders.length > mostFolders ? [] : folders) {
        const watcher = before.get(folder) ?? open(folder, onChange);
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

/** Undefined: the folder is gone, or the system has no watch left. */
function open(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, onChange).on('error', () => undefined);
  } catch {
    return undefined;
  }
}
