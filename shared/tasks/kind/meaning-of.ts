import type { WorkEnd } from './work-state.ts';

/** What a service's state means. An unknown state is open: work that may still run counts as running. */
export function meaningOf<M extends WorkEnd | 'open'>(meanings: Readonly<Record<string, M>>, says: string): M | 'open' {
  return Object.entries(meanings).find(([state]) => state === says)?.[1] ?? 'open';
}
