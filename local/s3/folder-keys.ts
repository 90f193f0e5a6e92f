import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { ServiceError } from '../service/service-error.ts';
import { byBytes, type FileStat, type ObjectFiles } from './object-files.ts';

/**
 * Adds objects whose key ends with a slash, as consoles and Spark create them. Such an object is a folder plus a note,
 * because not every folder is an object.
 *
 * @param notes the folder of the notes
 */
export function withFolderKeys(
  files: ObjectFiles & {
    readonly makeFolder: (bucket: string, key: string) => void;
    readonly hasFolder: (bucket: string, key: string) => boolean;
  },
  notes: string,
): ObjectFiles {
  const noteOf = (bucket: string, key: string) =>
    path.join(notes, bucket, createHash('sha256').update(key).digest('hex'));

  function statNote(bucket: string, key: string): FileStat | undefined {
    const note = fs.lstatSync(noteOf(bucket, key), { throwIfNoEntry: false });
    // Deleting the folder by hand also deletes its object.
    return note === undefined || !files.hasFolder(bucket, key) ? undefined : { key, size: 0, modified: note.mtimeMs };
  }

  function notedIn(bucket: string): readonly FileStat[] {
    const folder = path.join(notes, bucket);
    const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    return names.flatMap((name) => statNote(bucket, fs.readFileSync(path.join(folder, name), 'utf8')) ?? []);
  }

  return {
    ...files,
    removeBucket(bucket) {
      const removed = files.removeBucket(bucket);
      if (removed) fs.rmSync(path.join(notes, bucket), { recursive: true, force: true });
      return removed;
    },
    list(bucket) {
      const noted = notedIn(bucket);
      return noted.length === 0 ? files.list(bucket) : [...files.list(bucket), ...noted].sort(byBytes);
    },
    stat: (bucket, key) => (isFolderKey(key) ? statNote(bucket, key) : files.stat(bucket, key)),
    read: (bucket, key) => (isFolderKey(key) ? emptyIf(statNote(bucket, key)) : files.read(bucket, key)),
    digest(bucket, key) {
      if (!isFolderKey(key)) return files.digest(bucket, key);
      return statNote(bucket, key) && createHash('md5').digest('hex');
    },
    write(bucket, key, body) {
      if (!isFolderKey(key)) return files.write(bucket, key, body);
      if (body.byteLength > 0) {
        throw new ServiceError(
          'InvalidArgument',
          `The key ${JSON.stringify(key)} is a folder here, so it cannot contain data`,
        );
      }
      files.makeFolder(bucket, key);
      const note = noteOf(bucket, key);
      fs.mkdirSync(path.dirname(note), { recursive: true });
      fs.writeFileSync(note, key);
      return { key, size: 0, modified: fs.lstatSync(note).mtimeMs };
    },
    remove(bucket, key) {
      if (isFolderKey(key)) fs.rmSync(noteOf(bucket, key), { force: true });
      else files.remove(bucket, key);
    },
  };
}

function isFolderKey(key: string): boolean {
  return key.endsWith('/');
}

function emptyIf(found: FileStat | undefined): Uint8Array | undefined {
  return found && new Uint8Array();
}
