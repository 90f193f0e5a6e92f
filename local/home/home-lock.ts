import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { identityOf, isAlive, parseIdentity, printIdentity } from '../processes/process-identity.ts';
import { errcodeOf, sqliteCodes } from '../storage/sqlite-error.ts';
import { UnusableHome } from '../storage/unusable-home.ts';

/** Who has a home open. */
export type HomeOwner = { readonly pid: number; readonly since: Date };

/** Another runtime has the folder open. Two would start everything twice. */
export class HomeInUse extends Error {
  override readonly name = 'HomeInUse';
  /** Undefined: it has not said so yet. */
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

/** A connection that is collected as garbage is closed, and its lock is gone. */
const held = new Set<DatabaseSync>();

/** Two that ask in the same moment may both meet the other's half of a lock, and have to ask again. */
const patienceMilliseconds = 100;

/**
 * Takes the folder for this process, with a lock of the operating system on `lock.db`: there is no moment in which two
 * can have it, and it ends with the process, however that ends. Processes that this one starts do not inherit it. The
 * system gives it up when this process closes any descriptor of that file, too: only SQLite may open it, which knows
 * (https://www.sqlite.org/howtocorrupt.html, 2.2).
 *
 * `lock` says who has it, and decides nothing.
 *
 * @param home a folder that is there
 * @returns what gives it back
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

/** Who has a home open; undefined: nobody has, as far as can be told without taking it. */
export function homeOwner(home: string): HomeOwner | undefined {
  return readOwner(path.join(home, 'lock'));
}

function takeLock(home: string, note: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path.join(home, 'lock.db'), { timeout: patienceMilliseconds });
    // With its journal in memory there is nothing on disk that a process could leave half done.
    // Not `locking_mode = EXCLUSIVE`: it keeps the half of a lock, too, so that of two that meet neither gets it.
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
    // What a process left that was killed stands there until its successor has written its own.
    if (owner === undefined || !isAlive(owner)) return undefined;
    return { pid: owner.pid, since: statSync(note).mtime };
  } catch {
    return undefined;
  }
}
