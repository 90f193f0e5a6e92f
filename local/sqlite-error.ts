/** Primary result codes, https://www.sqlite.org/rescode.html. */
export const sqliteCodes = { busy: 5, notADatabase: 26 } as const;

/** What SQLite says went wrong: the primary code, of which `node:sqlite` gives the extended one. */
export function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}
