/** Primary result codes, https://www.sqlite.org/rescode.html. */
export const sqliteCodes = { busy: 5, notADatabase: 26 } as const;

/** What SQLite says went wrong: the primary code, of which `node:sqlite` gives the extended one. */
export function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** Busy, locked, read-only, an error of the disk, full, not to be opened: what may be otherwise a while later. */
const refusals: ReadonlySet<number | undefined> = new Set([5, 6, 8, 10, 13, 14]);

/** The disk does not take what was written, and nothing of it is there. */
export function isRefusedByDisk(error: unknown): boolean {
  return refusals.has(errcodeOf(error));
}
