import { lockHome } from '../../../local/home/home-lock.ts';

/*
 * A process that locks a home on request: `{ home, at }`, at that wall-clock time. It answers whether it succeeded. It
 * keeps the lock, but drops its reference to it.
 */
process.on('message', ({ home, at }: { readonly home: string; readonly at: number }) => {
  while (Date.now() < at);
  const answer = { has: has(home) };
  globalThis.gc?.();
  process.send?.(answer);
});
process.send?.('ready');

function has(home: string): boolean {
  try {
    lockHome(home);
    return true;
  } catch {
    return false;
  }
}
