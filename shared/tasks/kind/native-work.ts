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
  refused(work: W): readonly string[];
  /** Errors for which there is no retry. */
  never(work: W): readonly string[];
  /** What the machine's role gets for the state. Absent: that follows from the state's resource and arguments. */
  grants?(work: W): Grant;
  ended(end: NativeEnd): EndState;
  /** The state has a timeout. */
  readonly endsAtTimeout: true;
  readonly shows?: ServiceWork<W>['shows'];
} & Partial<Record<'alone' | 'event' | 'live' | 'looks', undefined>>;

/**
 * `resources`: ARNs; the ends of ARNs in the stack's account and Region, for the service that the first action names;
 * `s3://` addresses; or only `*`, with a reason.
 */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly reason?: string;
};

/** What a native state came to: its result, or its error and cause. */
export type NativeEnd = { readonly result: Json } | { readonly error: string; readonly cause: string };
