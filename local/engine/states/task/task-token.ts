import { parseJson } from '../../data/json-text.ts';

/** The target of a task token. Opaque to others. `try` is a UUID, so that nobody can guess it. */
export type TokenPlace = { readonly executionArn: string; readonly frame: number; readonly try: string };

export function taskToken(place: TokenPlace): string {
  return Buffer.from(JSON.stringify([place.executionArn, place.frame, place.try])).toString('base64');
}

/** Undefined if the token is not one of ours. */
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
