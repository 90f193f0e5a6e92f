import type { Account } from './account.ts';

/** Looks each second until there is something to see. Undefined: there was nothing in all that time. */
export async function awaitTrue<T>(
  account: Pick<Account, 'now' | 'wait'>,
  seconds: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = account.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined || account.now() >= end) return found;
    await account.wait(1_000);
  }
}
