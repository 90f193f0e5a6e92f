import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identityOf, isAlive, parseIdentity, printIdentity } from './process-identity.ts';

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
 */
export function lockHome(home: string): () => void {
  mkdirSync(home, { recursive: true });
  const file = path.join(home, 'lock');
  const me = identityOf(process.pid) ?? { pid: process.pid, started: '' };
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, printIdentity(me), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      const owner = parseIdentity(readOwner(file));
      if (owner !== undefined && isAlive(owner)) throw new HomeInUse(home, owner.pid);
      if (tries > 2) throw error;
      rmSync(file, { force: true });
    }
  }
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
