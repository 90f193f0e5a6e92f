import type * as z from 'zod/mini';
import type { CallName } from '../../calls/calls.ts';

/** What the work of every kind has. */
export type AnyWork<W> = {
  /** The work with its expressions evaluated, as the state sends it and the ledger keeps it. */
  readonly work: z.ZodMiniType<W>;
  /**
   * The thing that runs, such as the job. Work that the service refuses waits in the thing's queue until other work
   * of it ends.
   */
  name(work: W): string;
  /** Every call of the kind. The functions' roles follow from it. */
  readonly sends: readonly Send[];
  /** The service's errors that mean: there is no such work, or no such thing. */
  readonly gone: readonly string[];
  /** The errors that the state machine gets if the work fails. */
  readonly errors: {
    readonly failed: string;
    readonly timedOut: string;
    readonly stopped: string;
    /** A failure that a retry cannot help. */
    readonly final?: string;
  };
};

/**
 * `on`: the sort of thing that the call is about. `action`: its name in IAM, where that is another. `needs`: what the
 * service does with the caller's rights.
 */
export type Send = {
  readonly call: CallName;
  readonly action?: string;
  readonly on: string;
  readonly begins?: true;
  readonly needs?: readonly Need[];
};

/** `on`: the word for a thing, or the objects of the project's buckets, or those buckets. */
export type Need = { readonly action: string; readonly on: string | 'objects' | 'buckets' };
