import type * as z from 'zod/mini';
import type { CallName } from '../calls/calls.ts';
import type { WorkCall } from '../calls/own-call.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Report } from '../reading/finding.ts';

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
    /** What other tools call such a task: words that people may write for the kind's key. In lower case, letters only. */
    readonly words?: readonly string[];
    /** Names of the fields whose strings may be expressions. */
    readonly expressions: readonly string[];
    /** Undefined: the fields are not what `fields` says; that has been reported then. */
    read(task: unknown): W | undefined;
    /** What a schema cannot say. Paths begin at the task. `timeoutSeconds` is undefined where none was written. */
    check(work: W, timeoutSeconds: number | undefined, report: Report): void;
    /** The values of the fields in `expressions`, as they are in the work. */
    values(work: W): Json;
    /** Why a task says nothing of what stands for its service locally. Absent: it may. */
    readonly noLocal?: string;
    /** Seconds that the work takes at most by what its file says; its timeout then, where none was written. */
    longest?(work: W): number | undefined;
    /** Undefined: it may have an output. Otherwise why it has none. */
    noOutput(work: W): string | undefined;
  };
  /** The sorts of things that the work may name, by the word for one. No other kind has the same word. */
  readonly things: Readonly<Record<string, Thing>>;
  /** The things of the project or the account that the work names. */
  uses(work: W): readonly Use[];
  /** The same work with other names for the things that it uses, and other values. */
  renamed(work: W, rename: (use: Use) => string, value: (value: Json) => Json): W;
  readonly runs: ByToken<W>;
};

/** `what`: one of the sorts in `things`. */
export type Use = { readonly what: string; readonly name: string };

export type Thing = {
  /** As in an ARN. */
  readonly service: string;
  /** The last part of its ARN. `name` may be a pattern. */
  resource(name: string): string;
  /** The stack makes such things of its own, whose work may outlive the deployment that names them. */
  readonly ours?: true;
};

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
  /** A thing runs one work at a time, and does not say whose: the ledger does, from before the start until the end. */
  readonly alone?: Alone<W>;
  /** Absent: the service does not know how long the work may take. Who looks at it then stops it. */
  readonly endsAtTimeout?: true;
  /** Undefined: no service does the work, and there is nothing to begin. */
  begin(order: Order<W>, stack: Stack): WorkCall | undefined;
  /** The id of the work that was begun. @throws what is no answer */
  begun(answer: unknown, order: Order<W>): string;
  /** After a start that was not answered: looks for what it may have begun. */
  readonly find: {
    call(order: Order<W>, page: string | undefined): WorkCall | undefined;
    read(answer: unknown, order: Order<W>, stack: Stack): Page<SeenWork>;
  };
  readonly ask: {
    /** @param work absent: an event asks */
    call(name: string, id: string, work?: W): WorkCall;
    /**
     * Undefined: the answer says nothing. `gone`: there is no such work, and the service may have shown it too late.
     * `owner`: the attempt of this stack that the work is marked with.
     */
    read(answer: unknown, stack: Stack, id: string): (SeenWork & { readonly owner?: Owner }) | 'gone' | undefined;
  };
  /** Where no service does the work: instead of asking one, whoever looks decides, and a stop is the end. */
  readonly looks?: Looks<W>;
  /** `atOnce`: how many works of one name a call stops. */
  readonly stop: { readonly atOnce: number; call(name: string, ids: readonly string[]): WorkCall };
  /** Absent: no service tells of an end. */
  readonly event?: {
    /** Of EventBridge: the ends, as far as the service tells them. */
    readonly pattern: EventPattern;
    /** @param event one that the pattern's source and detail type match. @throws {UnreadableEvent} */
    read(event: unknown): WorkEvent;
  };
  /** For `orphans`: all that runs of a thing and is marked as this stack's. Absent: nothing is marked. */
  readonly live?: {
    call(name: string, page: string | undefined): WorkCall;
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
  readonly sends: readonly Send[];
  /** What the state machine is told when the work did not succeed. */
  readonly errors: {
    readonly failed: string;
    readonly timedOut: string;
    readonly stopped: string;
    /** A failure that trying again does not mend. */
    readonly final?: string;
  };
};

/** `since`: when the work began. All times are epoch milliseconds. */
export type Looks<W> = {
  /** When somebody must look next. */
  due(work: W, since: number, now: number): number;
  /** Absent: the time tells. */
  call?(work: W): WorkCall;
  /** @param answer undefined: nothing was called, or what is looked for does not exist */
  read(answer: unknown, work: W, since: number, now: number): WorkState;
  /** What somebody's decision makes of it. Absent: it is nobody's to decide. */
  decided?(work: W, decision: Decision): EndState | { readonly refused: string };
};

/** `by`: who decided. `at`: when, epoch milliseconds. */
export type Decision = {
  readonly approve: boolean;
  readonly by: string;
  readonly note?: string;
  readonly at: number;
};

/** `on`: the word for what it is sent about. */
export type Send = { readonly call: CallName; readonly on: string; readonly begins?: true };

export type Alone<W> = {
  /** Errors of the service that mean: other work of the same name goes on. */
  readonly busy: readonly string[];
  /** What a task does then: it waits for its end, takes it for its own, or fails. */
  whenBusy(work: W): WhenBusy;
};

export type WhenBusy = 'wait' | 'join' | 'fail';

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
  /** When it was last tried to begin the work. */
  readonly tried: number;
  /** Any work of that name will do, whosever it is. */
  readonly joins?: true;
};

/** Whose work it is: two stages in one account never touch each other's. */
export type Stack = { readonly name: string; readonly outputBucket: string };

export type Owner = { readonly run: string; readonly task: string; readonly attempt: number };

/** `says`: the service's own word for the state. `stopping`: it has taken a stop, which takes its time. */
export type WorkState =
  | { readonly is: 'open'; readonly says: string; readonly stopping?: true }
  /** `output`: where the service itself answers with it. */
  | {
      readonly is: WorkEnd;
      readonly says: string;
      readonly message?: string;
      readonly output?: Json;
      /** Of `failed`: trying again does not mend it. */
      readonly final?: true;
    };

export type EndState = Extract<WorkState, { readonly is: WorkEnd }>;

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

/** What a service's event says. `name`: of the thing that ran. Without an id it only says that it is time to ask. */
export type WorkEvent = { readonly name: string; readonly id?: string; readonly state: WorkState };
