import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { identityOf, isAlive, parseIdentity, printIdentity } from '../processes/process-identity.ts';
import { errcodeOf, sqliteCodes } from '../storage/sqlite-error.ts';
import { UnusableHome } from '../storage/unusable-home.ts';

/** The process that holds a home. */
export type HomeOwner = { readonly pid: number; readonly since: Date };

/** Another runtime holds the home. Two runtimes would start everything twice. */
export class HomeInUse extends Error {
  override readonly name = 'HomeInUse';
  /** Undefined if the owner has not written its name yet. */
  readonly owner: HomeOwner | undefined;

  constructor(home: string, owner: HomeOwner | undefined) {
    super(`${home} is in use by ${describeOwner(owner)}. Stop it, or choose another folder.`);
    this.owner = owner;
  }
}

export function describeOwner(owner: HomeOwner | undefined): string {
  if (owner === undefined) return 'another process';
  return `the process ${owner.pid} (since ${owner.since.toISOString().slice(0, 19)}Z)`;
}

/** Keeps connections reachable: a garbage-collected connection closes and loses its lock. */
const held = new Set<DatabaseSync>();

/** Two processes that lock at the same moment may each hold half of the lock, and must retry. */
const patienceMilliseconds = 100;

/**
 * Locks the home for this process with an operating system lock on `lock.db`. Two processes can never hold it at once.
 * It ends with the process, and child processes do not inherit it. The system also releases it when this process closes
 * any descriptor of that file, so only SQLite may open the file: SQLite takes care of this
 * (https://www.sqlite.org/howtocorrupt.html, 2.2).
 *
 * The file `lock` only names the owner.
 *
 * @param home an existing folder
 * @returns a function that releases the lock
 * @throws {HomeInUse}
 * @throws {UnusableHome}
 */
export function lockHome(home: string): () => void {
  const note = path.join(home, 'lock');
  const lock = takeLock(home, note);
  held.add(lock);
  const unlock = () => {
    if (!held.delete(lock)) return;
    rmSync(note, { force: true });
    lock.close();
  };
  try {
    const me = identityOf(process.pid) ?? { pid: process.pid, started: '' };
    writeFileSync(`${note}.part`, printIdentity(me));
    renameSync(`${note}.part`, note);
    return unlock;
  } catch (error) {
    unlock();
    throw new UnusableHome(home, error);
  }
}

/** The owner of a home. Undefined if there is none, as far as we can tell without locking. */
export function homeOwner(home: string): HomeOwner | undefined {
  return readOwner(path.join(home, 'lock'));
}

function takeLock(home: string, note: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path.join(home, 'lock.db'), { timeout: patienceMilliseconds });
    // With an in-memory journal, a dying process leaves nothing half done on disk.
    // Not `locking_mode = EXCLUSIVE`, which also keeps half a lock, so that neither process could get it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (errcodeOf(error) === sqliteCodes.busy) throw new HomeInUse(home, readOwner(note));
    throw new UnusableHome(home, error);
  }
}

function readOwner(note: string): HomeOwner | undefined {
  try {
    const owner = parseIdentity(readFileSync(note, 'utf8'));
    // A killed process leaves its name here until its successor overwrites it.
    if (owner === undefined || !isAlive(owner)) return undefined;
    return { pid: owner.pid, since: statSync(note).mtime };
  } catch {
    return undefined;
  }
}
