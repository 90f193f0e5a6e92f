import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { ServiceError } from '../service/service-error.ts';
import { withFolderKeys } from './folder-keys.ts';
import { createFolderWatch } from './folder-watch.ts';
import { isBucketName, isPathKey, pathOfKey } from './object-address.ts';
import { byBytes, type FileStat, type ObjectFiles } from './object-files.ts';

const chunkBytes = 1024 * 1024;

/**
 * Buckets are the folders below `root`, and objects are the files in them. Links are neither followed nor listed, so
 * nothing outside a bucket is an object.
 *
 * @param options.drafts a folder on the same file system, for files that are still being written
 * @param options.folderKeys records which folders are objects
 */
export function createFolderFiles(
  root: string,
  options: { readonly drafts: string; readonly folderKeys: string; readonly uuid: () => string },
): ObjectFiles {
  const { drafts, uuid } = options;
  fs.mkdirSync(root, { recursive: true });
  // Files that a crash left half written.
  fs.rmSync(drafts, { recursive: true, force: true });
  fs.mkdirSync(drafts, { recursive: true });

  /** @returns undefined if a folder on the path is missing, or is a link */
  function locate(bucket: string, key: string): string | undefined {
    const parts = [bucket, ...pathOfKey(key)];
    let place = root;
    for (const part of parts.slice(0, -1)) {
      place = path.join(place, part);
      if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    }
    return path.join(root, ...parts);
  }

  function stat(bucket: string, key: string): FileStat | undefined {
    const file = locate(bucket, key);
    const found = file === undefined ? undefined : fs.lstatSync(file, { throwIfNoEntry: false });
    return found?.isFile() ? { key, size: found.size, modified: found.mtimeMs } : undefined;
  }

  function makeFolders(bucket: string, key: string): void {
    let place = path.join(root, bucket);
    const parts = pathOfKey(key);
    for (const part of key.endsWith('/') ? parts : parts.slice(0, -1)) {
      place = path.join(place, part);
      const found = fs.lstatSync(place, { throwIfNoEntry: false });
      if (found === undefined) fs.mkdirSync(place);
      else if (!found.isDirectory()) throw unfit(key, `${part} is an object itself, or a link`);
    }
  }

  /** The folders of each bucket, as they were found last. */
  const listed = new Map<string, readonly string[]>();

  const files = {
    makeFolder: makeFolders,
    hasFolder(bucket: string, key: string) {
      const folder = locate(bucket, key);
      return folder !== undefined && fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    },
    buckets: () =>
      entriesOf(root)
        .filter((entry) => entry.isDirectory() && isBucketName(entry.name))
        .map((entry) => entry.name)
        .sort(),
    createBucket: (bucket: string) => void fs.mkdirSync(path.join(root, bucket), { recursive: true }),
    removeBucket: (bucket: string) => removeEmptyFolders(path.join(root, bucket)),
    list(bucket: string) {
      const folders: string[] = [];
      const found = walk(path.join(root, bucket), '', folders).sort(byBytes);
      listed.set(bucket, folders);
      return found;
    },
    watch(onChange: () => void) {
      const watching = createFolderWatch(onChange);
      const renew = () => [...listed].map((each) => watching.follow(...each)).includes(true);
      return { renew, close: () => watching.close() };
    },
    stat,
    read(bucket: string, key: string) {
      const file = stat(bucket, key) === undefined ? undefined : locate(bucket, key);
      return file === undefined ? undefined : fs.readFileSync(file);
    },
    digest(bucket: string, key: string) {
      const file = stat(bucket, key) === undefined ? undefined : locate(bucket, key);
      return file === undefined ? undefined : unlessGone(() => digestOf(file));
    },
    write(bucket: string, key: string, body: Uint8Array) {
      makeFolders(bucket, key);
      const file = path.join(root, bucket, ...pathOfKey(key));
      if (fs.lstatSync(file, { throwIfNoEntry: false })?.isDirectory())
        throw unfit(key, 'it is a folder of other objects');
      const draft = path.join(drafts, uuid());
      fs.writeFileSync(draft, body);
      fs.renameSync(draft, file);
      const written = fs.lstatSync(file);
      return { key, size: written.size, modified: written.mtimeMs };
    },
    remove(bucket: string, key: string) {
      const file = stat(bucket, key) === undefined ? undefined : locate(bucket, key);
      if (file !== undefined) fs.rmSync(file);
    },
  } satisfies Parameters<typeof withFolderKeys>[0];
  return withFolderKeys(files, options.folderKeys);
}

function unfit(key: string, why: string): ServiceError {
  return new ServiceError('InvalidArgument', `The key ${JSON.stringify(key)} cannot be kept as a file: ${why}`);
}

/** @param folders takes every folder on the way */
function walk(folder: string, prefix: string, folders: string[]): FileStat[] {
  folders.push(folder);
  return entriesOf(folder).flatMap((entry) => {
    const key = `${prefix}${entry.name}`;
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return walk(place, `${key}/`, folders);
    const found = entry.isFile() && isPathKey(key) ? fs.lstatSync(place, { throwIfNoEntry: false }) : undefined;
    return found?.isFile() ? [{ key, size: found.size, modified: found.mtimeMs }] : [];
  });
}

/** Removes the empty folders that deleted objects leave behind. @returns false if anything else is in them */
function removeEmptyFolders(folder: string): boolean {
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory() || !removeEmptyFolders(path.join(folder, entry.name))) return false;
  }
  unlessGone(() => fs.rmdirSync(folder));
  return !fs.existsSync(folder);
}

function entriesOf(folder: string): readonly fs.Dirent[] {
  return unlessGone(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
}

/** Files and folders may disappear or be unreadable by the time we reach them. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function digestOf(file: string): string {
  const hash = createHash('md5');
  const chunk = Buffer.alloc(chunkBytes);
  const descriptor = fs.openSync(file, 'r');
  try {
    for (let read = fs.readSync(descriptor, chunk); read > 0; read = fs.readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
    return hash.digest('hex');
  } finally {
    fs.closeSync(descriptor);
  }
}
