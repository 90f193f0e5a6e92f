import type { WorkCall } from '../../calls/own-call.ts';
import type { AnyWork } from './any-work.ts';
import type { EndState, WorkState } from './work-state.ts';

/**
 * A wait for something that no service does. It begins at once, and a look ends it. The members that only services
 * have are undefined, so that both sorts of work can be asked for them.
 */
export type WaitingWork<W> = AnyWork<W> & {
  readonly by: 'looking';
  readonly looks: Looks<W>;
} & Partial<Record<'alone' | 'endsAtTimeout' | 'event' | 'live' | 'shows', undefined>>;

/** `since`: when the wait began. All times are epoch milliseconds. */
type Looks<W> = {
  /** When the next look is due. */
  due(work: W, since: number, now: number): number;
  /** Absent: only the time matters. Undefined: the expressions name nothing to look for, and `read` says so. */
  call?(work: W): WorkCall | undefined;
  /** @param answer undefined: there was no call, or its error is one of `gone` */
  read(answer: unknown, work: W, since: number, now: number): WorkState;
  /** The end that a person's decision brings. Absent: people decide nothing. */
  decided?(work: W, decision: Decision): EndState | { readonly problem: string };
};

/** `by`: who decided. `at`: when, epoch milliseconds. */
export type Decision = {
  readonly approve: boolean;
  readonly by: string;
  readonly note?: string;
  readonly at: number;
};
