import type { Account } from './account.ts';

/** Looks every second until it finds something. Undefined: it found nothing in time. */
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
