/** Primary result codes, https://www.sqlite.org/rescode.html. */
export const sqliteCodes = { busy: 5, notADatabase: 26 } as const;

/** SQLite's primary error code. `node:sqlite` provides the extended one. */
export function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** Errors that may go away: busy, locked, read-only, I/O error, full, cannot open. */
const refusals: ReadonlySet<number | undefined> = new Set([5, 6, 8, 10, 13, 14]);

/** The disk refused the write, and nothing was written. */
export function isRefusedByDisk(error: unknown): boolean {
  return refusals.has(errcodeOf(error));
}
