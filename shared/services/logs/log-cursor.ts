/** A position in a work's log: a time, and for each stream the number of lines already read with exactly that time. */
export type LogCursor = {
  readonly at?: number;
  readonly passed: { readonly output: number; readonly error: number };
};

export const logCursor = /^\d{1,15}(\.\d{1,15}){1,2}$/;

export function readLogCursor(text: string | undefined): LogCursor {
  if (text === undefined) return { passed: { output: 0, error: 0 } };
  const [at = 0, output = 0, error = 0] = text.split('.').map(Number);
  return { at, passed: { output, error } };
}

export function writeLogCursor({ at = 0, passed }: LogCursor): string {
  return `${at}.${passed.output}.${passed.error}`;
}
