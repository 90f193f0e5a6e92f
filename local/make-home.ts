import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { UnusableHome } from './unusable-home.ts';

/** Parameters, task tokens and what jobs print lie in there. */
const ownersOnly = { folder: 0o700, file: 0o600 };

/**
 * Makes the folder that everything is kept in, for its owner only; what is missing above it is made as usual. One that
 * is there and ours is closed to others.
 *
 * @throws {UnusableHome}
 */
export function makeHome(home: string): void {
  makeFolder(home, home);
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UnusableHome(home, error);
  }
  if (isOurs(home)) closeToOthers(home);
}

/**
 * Makes an empty file that only its owner reads, unless it is there. SQLite gives its journals the mode of their database.
 * One that is there is not even opened: closing it would give up the locks that this process has on it.
 *
 * @throws {UnusableHome}
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownersOnly.file));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw new UnusableHome(path.dirname(file), error);
  }
}

/** One folder after the other: `recursive` goes round for ever where the parent is there and the system makes no folder. */
function makeFolder(folder: string, home: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder), home);
    mkdirSync(folder, folder === home ? ownersOnly.folder : undefined);
  } catch (error) {
    if (error instanceof UnusableHome) throw error;
    // Another process was faster.
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) return;
    throw new UnusableHome(home, error);
  }
}

const sticky = 0o1000;
const others = 0o077;

/** Not a folder of somebody else's, one that is shared on purpose as /tmp is, or one with other things in it so far. */
function isOurs(home: string): boolean {
  const { uid, mode } = statSync(home);
  if (uid !== process.getuid?.() || (mode & sticky) !== 0 || (mode & others) === 0) return false;
  return isEmpty(home) || ['gluewright.db', 's3'].some((name) => existsSync(path.join(home, name)));
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

function closeToOthers(home: string): void {
  try {
    chmodSync(home, ownersOnly.folder);
  } catch {
    // Some file systems keep no modes (vfat, some mounts in containers): no reason to run nothing there.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
