import { parseJson } from '../data/json-text.ts';

/** Where a task token leads. Opaque to others; `try` is a UUID, so that nobody guesses one. */
export type TokenPlace = { readonly executionArn: string; readonly frame: number; readonly try: string };

export function taskToken(place: TokenPlace): string {
  return Buffer.from(JSON.stringify([place.executionArn, place.frame, place.try])).toString('base64');
}

/** Undefined: no token of ours. */
export function parseTaskToken(token: string): TokenPlace | undefined {
  let parts: unknown;
  try {
    parts = parseJson(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [executionArn, frame, tried]: unknown[] = parts;
  if (typeof executionArn !== 'string' || typeof frame !== 'number' || typeof tried !== 'string') return undefined;
  return { executionArn, frame, try: tried };
}
