import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identityOf, isAlive, parseIdentity, printIdentity } from './process-identity.ts';
import { UnusableHome } from './unusable-home.ts';

/** Another runtime has the folder open. Two would start everything twice. */
export class HomeInUse extends Error {
  override readonly name = 'HomeInUse';
  readonly pid: number;

  constructor(home: string, pid: number) {
    super(`${home} is in use by the process ${pid}. Stop it, or choose another folder.`);
    this.pid = pid;
  }
}

/**
 * Takes the folder for this process. What a process that has died left is taken over.
 *
 * @returns what gives it back
 * @throws {HomeInUse}
 * @throws {UnusableHome}
 */
export function lockHome(home: string): () => void {
  makeFolder(home, home);
  const file = path.join(home, 'lock');
  const me = identityOf(process.pid) ?? { pid: process.pid, started: '' };
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, printIdentity(me), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      const owner = parseIdentity(readOwner(file));
      if (owner !== undefined && isAlive(owner)) throw new HomeInUse(home, owner.pid);
      if (tries > 2 || codeOf(error) !== 'EEXIST') throw new UnusableHome(home, error);
      rmSync(file, { force: true });
    }
  }
}

/** One folder after the other: `recursive` goes round for ever where the parent is there and the system makes no folder. */
function makeFolder(folder: string, home: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder), home);
    mkdirSync(folder);
  } catch (error) {
    if (error instanceof UnusableHome) throw error;
    // Another process was faster.
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) return;
    throw new UnusableHome(home, error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
