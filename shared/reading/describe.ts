import type { Json } from '../json.ts';

/** A found value, for messages. */
export function describe(found: Json | undefined): string {
  if (found === undefined) return 'nothing';
  if (found === null) return 'empty';
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  if (typeof found === 'string') return `\`${shown}\``;
  return `${Array.isArray(found) ? 'the list' : typeof found === 'object' ? 'the mapping' : `the ${typeof found}`} ${shown}`;
}
