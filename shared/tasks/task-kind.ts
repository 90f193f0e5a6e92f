import type * as z from 'zod/mini';
import type { Json, JsonObject } from '../json.ts';
import type { Report } from '../reading/finding.ts';
import type { CallName, ServiceCall } from './service-call.ts';

/**
 * The whole truth about one kind of task. Pure: a call of a service is data, its answer is parsed here. One file (or
 * folder) for each kind, and one line in `kinds.ts`.
 */
export type TaskKind<W extends { readonly kind: string }> = {
  readonly kind: W['kind'];
  /** The service's name, as people say it. */
  readonly service: string;
  /** What the pipeline file and its checks need to know. */
  readonly file: {
    /** By their names in the file. The kind's own key is among them, and no other kind has it. */
    readonly fields: Readonly<Record<string, z.ZodMiniType>>;
    /** Names of the fields whose strings may be expressions. */
    readonly expressions: readonly string[];
    /** Undefined: the fields are not what `fields` says; that has been reported then. */
    read(task: unknown): W | undefined;
    /** What a schema cannot say. Paths begin at the task. `timeoutSeconds` is undefined where none was written. */
    check(work: W, timeoutSeconds: number | undefined, report: Report): void;
    /** The values of the fields in `expressions`, as they are in the work. */
    values(work: W): Json;
    /** Undefined: it may have an output. Otherwise why it has none. */
    noOutput(work: W): string | undefined;
  };
  /** The things of the project or the account that the work names. */
  uses(work: W): readonly Use[];
  /** The same work with other names for the things that it uses, and other values. */
  renamed(work: W, rename: (use: Use) => string, value: (value: Json) => Json): W;
  readonly runs: ByToken<W>;
};

/** `job`: a Glue job, of `jobs/jobs.yml` or of the account. */
export type Use = { readonly what: 'job'; readonly name: string };

/**
 * `start-task` begins the work. The service's event ends it, or the reconciler asks, or the deadline passes. Until then
 * the state machine waits with a task token.
 */
export type ByToken<W extends { readonly kind: string }> = {
  readonly by: 'token';
  /** The work with its expressions evaluated: what the state hands over, and what the ledger keeps. */
  readonly work: z.ZodMiniType<W>;
  /** The thing that runs, such as the job. What the service refuses waits in its queue, and its next end makes room. */
  name(work: W): string;
  /** Whether an answer of the service says whose the work is. */
  isMarked(work: W): boolean;
  begin(order: Order<W>, stack: Stack): ServiceCall;
  /** The id of the work that was begun. @throws what is no answer */
  begun(answer: unknown, order: Order<W>): string;
  /** After a start that was not answered: looks for what it may have begun. */
  readonly find: {
    call(order: Order<W>, page: string | undefined): ServiceCall;
    read(answer: unknown, order: Order<W>, stack: Stack): Page<SeenWork>;
  };
  readonly ask: {
    call(name: string, id: string): ServiceCall;
    /** Undefined: the answer says nothing. `owner`: the attempt of this stack that the work is marked with. */
    read(answer: unknown, stack: Stack, id: string): (SeenWork & { readonly owner?: Owner }) | undefined;
  };
  /** `atOnce`: how many works of one name a call stops. */
  readonly stop: { readonly atOnce: number; call(name: string, ids: readonly string[]): ServiceCall };
  readonly event: {
    /** Of EventBridge: the ends, as far as the service tells them. */
    readonly pattern: EventPattern;
    /** @param event one that the pattern's source and detail type match. @throws {UnreadableEvent} */
    read(event: unknown): WorkEvent;
  };
  /** For `orphans`: all that runs of a thing and is marked as this stack's. Absent: nothing is marked. */
  readonly live?: {
    call(name: string, page: string | undefined): ServiceCall;
    read(answer: unknown, stack: Stack, now: number): Page<LiveWork>;
  };
  /** What there is to look at of a work. Absent: nothing but what the service answers. */
  readonly shows?: {
    /** The service's own page about it. */
    page(name: string, id: string, region: string): string;
    /** It is a job run of Glue's, which writes logs and may have pages of Spark's. */
    readonly logs?: true;
    readonly sparkUi?: true;
  };
  /** Errors of the service that mean: not now. */
  readonly refused: readonly string[];
  /** Errors of the service that mean: there is no such work, or nothing that could run it. */
  readonly gone: readonly string[];
  /** All that it sends. The functions' roles follow from it. */
  readonly sends: readonly { readonly call: CallName; readonly on: Use['what']; readonly begins?: true }[];
  /** What the state machine is told when the work did not succeed. */
  readonly errors: { readonly failed: string; readonly timedOut: string; readonly stopped: string };
};

export type EventPattern = {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: JsonObject;
};

/** What is to be begun, and for whom. */
export type Order<W> = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly work: W;
  /** Seconds. */
  readonly timeout: number;
  /** When the attempt began: no work of it is older. Epoch milliseconds. */
  readonly since: number;
};

/** Whose work it is: two stages in one account never touch each other's. */
export type Stack = { readonly name: string; readonly outputBucket: string };

export type Owner = { readonly run: string; readonly task: string; readonly attempt: number };

/** `says`: the service's own word for the state. `stopping`: it has taken a stop, which takes its time. */
export type WorkState =
  | { readonly is: 'open'; readonly says: string; readonly stopping?: true }
  | { readonly is: WorkEnd; readonly says: string; readonly message?: string };

export type WorkEnd = 'succeeded' | 'failed' | 'timed_out' | 'stopped';

/** Epoch milliseconds, seconds, and DPU seconds, as the service counts them. */
export type WorkTimes = {
  readonly startedOn?: number;
  readonly completedOn?: number;
  readonly executionSeconds?: number;
  readonly dpuSeconds?: number;
};

export type SeenWork = { readonly id: string; readonly state: WorkState; readonly times: WorkTimes };

/** `startedAt`: epoch milliseconds. */
export type LiveWork = Owner & { readonly id: string; readonly startedAt?: number };

export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

/** What a service's event says. `name`: of the thing that ran. */
export type WorkEvent = { readonly name: string; readonly id: string; readonly state: WorkState };
