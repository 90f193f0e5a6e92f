import type { WorkCall } from '../../calls/own-call.ts';
import type { JsonObject } from '../../json.ts';
import type { AnyWork } from './any-work.ts';
import type { LiveWork, Order, Owner, Page, SeenWork, Stack, WorkEvent } from './work-state.ts';

/**
 * Work that a service does, or another run. `start-task` begins it. It ends by the service's event, by the
 * reconciler, or at the deadline.
 */
export type ServiceWork<W> = AnyWork<W> & {
  readonly by: 'service';
  readonly looks?: undefined;
  begin(order: Order<W>, stack: Stack): WorkCall;
  /** The id of the new work. @throws {NotBegun} nothing began. @throws if the answer cannot be read */
  begun(answer: unknown, order: Order<W>): string;
  /** Looks for work that an unanswered start may have begun. Absent: the same start begins nothing twice. */
  readonly find?: {
    call(order: Order<W>, page: string | undefined, stack: Stack): WorkCall;
    read(answer: unknown, order: Order<W>, stack: Stack): Page<SeenWork>;
  };
  /** Whether the service's answers tell whose the work is. */
  isMarked(work: W): boolean;
  /**
   * The thing runs one work at a time and does not name its owner. So the ledger records the owner from before the
   * start until the end, and a stop first asks whether the work is still the owner's.
   */
  readonly alone?: Alone<W>;
  readonly ask: {
    /** @param work absent: an event asks */
    call(name: string, id: string, work?: W): WorkCall;
    /** A second call, where one answer does not say all. Undefined: there is no need of it. */
    readonly next?: (answer: unknown) => WorkCall | undefined;
    read(answer: unknown, question: Question<W>): Answer;
  };
  /** `atOnce`: how many works of one thing a call stops. */
  readonly stop: { readonly atOnce: number; call(name: string, ids: readonly string[]): WorkCall };
  /** Absent: the service has no timeout, so the reconciler stops the work. */
  readonly endsAtTimeout?: true;
  /** Absent: no service reports ends. */
  readonly event?: {
    /** EventBridge's pattern of the ends that the service reports. */
    readonly pattern: EventPattern;
    /** @param event one that the pattern's source and detail type match. @throws {UnreadableEvent} */
    read(event: unknown): WorkEvent;
    /** The event only says that it is time to ask: the answer has the output. */
    readonly onlyAsks?: true;
  };
  /** For `orphans`: open work of a thing that is marked as this stack's. Absent: work has no marks. */
  readonly live?: {
    call(name: string, page: string | undefined): WorkCall;
    read(answer: unknown, stack: Stack, now: number): Page<LiveWork>;
  };
  /** Where people can look at work. Absent: only in the service's answers. */
  readonly shows?: {
    /** The service's own page. */
    page(name: string, id: string, region: string): string;
    /** It is a Glue job run, which writes logs and may have Spark's pages. */
    readonly logs?: true;
    readonly sparkUi?: true;
  };
  /** The service's errors that mean *not now*. */
  readonly refused: readonly string[];
};

/** `work` is absent where an event asks. `more`: the answer to `next`. */
export type Question<W> = {
  readonly id: string;
  readonly stack: Stack;
  readonly work?: W | undefined;
  readonly more?: unknown;
};

/**
 * Undefined: the answer says nothing. `gone`: there is no such work, or the service has not shown it yet. `owner`: the
 * attempt of this stack in the work's mark.
 */
export type Answer = (SeenWork & { readonly owner?: Owner }) | 'gone' | undefined;

export type Alone<W> = {
  /** The service's errors that mean: other work of the same thing is running. */
  readonly busy: readonly string[];
  /** What the task does then: it waits for the end, takes the work for its own, or fails. */
  whenBusy(work: W): WhenBusy;
};

export type WhenBusy = 'wait' | 'join' | 'fail';

export type EventPattern = {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: JsonObject;
};
