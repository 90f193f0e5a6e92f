import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock/clock.ts';

/** One invocation of a function, as the calls that are made in it see it. */
export interface Invocation {
  readonly name: string;
  /** Milliseconds that its clock is ahead. */
  readonly skew: number;
  /** It has ended in the middle: nothing that it still does is answered. */
  readonly gone: boolean;
  /** Ends it here, as a crash does. Whoever invoked it is told. */
  die(): void;
  /** Lets time pass, which may be more than the function has. */
  wait(milliseconds: number): Promise<void>;
}

export type InvocationOptions = {
  /** Of the function. */
  readonly name: string;
  readonly clock: Clock;
  readonly skew: number;
  readonly timeoutSeconds: number;
};

const current = new AsyncLocalStorage<Invocation>();

/** The invocation that this is a part of. Undefined: it is no part of any. */
export function currentInvocation(): Invocation | undefined {
  return current.getStore();
}

/**
 * Does it as Lambda invokes a function: it can die at any of its calls, and its time can be over.
 *
 * @throws {InvocationLost}
 */
export function invoke<T>({ name, clock, skew, timeoutSeconds }: InvocationOptions, act: () => Promise<T>): Promise<T> {
  const lost = Promise.withResolvers<never>();
  const due = clock.now() + timeoutSeconds * 1_000;
  let release = hold(clock);
  let waits = 0;
  let cancelTimeout: (() => void) | undefined;
  let gone = false;

  function lose(why: string): void {
    gone = true;
    lost.reject(new InvocationLost(why));
  }
  const invocation: Invocation = {
    name,
    skew,
    get gone() {
      return gone;
    },
    die: () => lose('Runtime exited'),
    wait(milliseconds) {
      // without a wait the function takes no time
      cancelTimeout ??= clock.at(due, () => lose(`Task timed out after ${timeoutSeconds} seconds`));
      const passed = new Promise<void>((resolve) => {
        clock.at(clock.now() + milliseconds, () => {
          waits -= 1;
          if (waits === 0 && !gone) release = hold(clock);
          resolve();
        });
      });
      waits += 1;
      release();
      return passed;
    },
  };
  const end = (): void => {
    gone = true;
    cancelTimeout?.();
    release();
  };
  return Promise.race([current.run(invocation, act), lost.promise]).finally(end);
}

/** A virtual clock stands still until this is let go of. */
function hold(clock: Clock): () => void {
  const held = Promise.withResolvers<void>();
  clock.track?.(held.promise);
  return held.resolve;
}

/** As Lambda tells whoever invoked it. */
export class InvocationLost extends Error {
  override readonly name = 'Lambda.Unknown';
}
