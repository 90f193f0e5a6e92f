import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock/clock.ts';

/** One invocation of a function, as its calls see it. */
export interface Invocation {
  readonly name: string;
  /** Milliseconds by which its clock is ahead. */
  readonly skew: number;
  /** True if it crashed in the middle. Its further calls get no answer. */
  readonly gone: boolean;
  /** Crashes the invocation. The caller gets an error. */
  die(): void;
  /** Lets time pass, possibly beyond the function's timeout. */
  wait(milliseconds: number): Promise<void>;
}

export type InvocationOptions = {
  /** The function's name. */
  readonly name: string;
  readonly clock: Clock;
  readonly skew: number;
  readonly timeoutSeconds: number;
};

const current = new AsyncLocalStorage<Invocation>();

/** The current invocation. Undefined outside an invocation. */
export function currentInvocation(): Invocation | undefined {
  return current.getStore();
}

/**
 * Runs the handler as Lambda does: it can crash at any of its calls, and it can time out.
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
      // A function that does not wait takes no virtual time.
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

/** Holds a virtual clock until it is released. */
function hold(clock: Clock): () => void {
  const held = Promise.withResolvers<void>();
  clock.track?.(held.promise);
  return held.resolve;
}

/** The error as Lambda returns it to the caller. */
export class InvocationLost extends Error {
  override readonly name = 'Lambda.Unknown';
}
