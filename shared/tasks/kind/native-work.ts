import type { Json, JsonObject } from '../../json.ts';
import type { AnyWork } from './any-work.ts';
import type { ServiceWork } from './service-work.ts';
import type { EndState } from './work-state.ts';

/**
 * Work that a state of the machine does itself, because its service reports no end. One state before it records the
 * task, and one after it tells how it ended. The members that only services have are undefined.
 */
export type NativeWork<W> = AnyWork<W> & {
  readonly by: 'state';
  /**
   * The state's resource and arguments, constants but for expressions on `$states.input.work`, the work with its
   * expressions evaluated.
   */
  state(work: W): { readonly resource: `arn:aws:states:::${string}`; readonly arguments: JsonObject };
  /** JSONata of the result that `ended` gets. */
  readonly result: string;
  /** The service's errors that mean *not now*. They are retried whatever the task's `retry` says. */
  readonly refused: readonly string[];
  /** Errors for which there is no retry. */
  readonly never: readonly string[];
  ended(end: NativeEnd): EndState;
  /** The state has a timeout. */
  readonly endsAtTimeout: true;
  readonly shows?: ServiceWork<W>['shows'];
} & Partial<Record<'alone' | 'event' | 'live' | 'looks', undefined>>;

/** What a native state came to: its result, or its error and cause. */
export type NativeEnd = { readonly result: Json } | { readonly error: string; readonly cause: string };
