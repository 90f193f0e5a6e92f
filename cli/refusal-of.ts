import { ForeignDatabase, LockedDatabase } from '../local/storage/open-database.ts';
import { isRefusedByDisk } from '../local/storage/sqlite-error.ts';
import { UnusableHome } from '../local/storage/unusable-home.ts';
import { findProjectRoot } from './open/project-root.ts';
import { CommandError, exitCodes } from './terminal/command-error.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The message for an error that the user can fix. Undefined: it is a bug. */
export function refusalOf(error: unknown, terminal: Terminal): Pick<CommandError, 'exitCode' | 'message'> | undefined {
  if (error instanceof CommandError) return error;
  const message = unusableHome(error, terminal)?.message;
  return message === undefined ? undefined : { exitCode: exitCodes.unavailable, message };
}

/** Problems of the home, or of its disk. */
function unusableHome(error: unknown, terminal: Terminal): Error | undefined {
  if (error instanceof ForeignDatabase || error instanceof LockedDatabase || error instanceof UnusableHome)
    return error;
  const written = hasDiskCode(error) ? (error.path ?? '') : undefined;
  if (written === undefined && !isRefusedByDisk(error)) return undefined;
  const { home } = findProjectRoot(terminal);
  // a failed write names no path
  const elsewhere = written !== undefined && written !== '' && !written.startsWith(home);
  return elsewhere ? undefined : new UnusableHome(home, error);
}

function hasDiskCode(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && diskCodes.has(error.code);
}

/** Errors of the file system: full, over quota, read-only, not allowed, broken. */
const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);
