import { lockHome } from '../../../local/home/home-lock.ts';

/*
 * A process that takes homes when it is told to: `{ home, at }`, at that moment of the wall clock. It answers
 * whether it has it, and keeps it, though it forgets about it.
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
