import { digest } from '../../ledger/digest.ts';
import type { Owner, Stack } from './work-state.ts';

/**
 * A text for names and client tokens: the same for each try of an attempt, and another for every other attempt. Runs
 * of two stages in one account may have the same id, so the stack belongs to it.
 */
export function attemptDigest({ run, task, attempt }: Owner, { name }: Pick<Stack, 'name'>): string {
  return digest(`${name}/${run}/${task}/${attempt}`);
}
