import { accessSync, chmodSync, closeSync, constants, existsSync, openSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../storage/make-folder.ts';
import { UnusableHome } from '../storage/unusable-home.ts';

/** The home contains parameters, task tokens and job output, so only its owner may read it. */
const ownersOnly = { folder: 0o700, file: 0o600 };

/**
 * Creates the home folder for its owner only. Missing parents get the usual mode. An existing home of ours becomes
 * private.
 *
 * @throws {UnusableHome}
 */
export function makeHome(home: string): void {
  try {
    makeFolder(home, ownersOnly.folder);
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UnusableHome(home, error);
  }
  if (isOurs(home)) closeToOthers(home);
}

/**
 * Creates an empty file that only its owner can read, unless it exists. SQLite gives its journals the mode of their
 * database. An existing file is not opened: closing it would release this process's locks on it.
 *
 * @throws {UnusableHome}
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownersOnly.file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw new UnusableHome(path.dirname(file), error);
  }
}

const sticky = 0o1000;
const others = 0o077;

/** False for a folder of another user, a shared folder such as /tmp, or a folder with other contents. */
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
    // Some file systems (vfat, some container mounts) have no modes. That is no reason to reject them.
  }
}
