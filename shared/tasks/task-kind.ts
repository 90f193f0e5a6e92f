import type * as z from 'zod/mini';
import type { CallName } from '../calls/calls.ts';
import type { WorkCall } from '../calls/own-call.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Report } from '../reading/finding.ts';

/**
 * Everything about one kind of task. Pure: a service call is data, and its answer is parsed here. One file (or
 * folder) for each kind, and one line in `kinds.ts`.
 */
export type TaskKind<W extends { readonly kind: string }> = {
  readonly kind: W['kind'];
  /** The service's name for people. */
  readonly service: string;
  /** For the pipeline file and its checks. */
  readonly file: {
    /** Fields of the file. The kind's own key is among them, and no other kind has it. */
    readonly fields: Readonly<Record<string, z.ZodMiniType>>;
    /**
     * Words of other tools for such a task, which people may write instead of the kind's key. Lower case, letters
     * only.
     */
    readonly words?: readonly string[];
    /**
     * Remedies for keys that people write beside the kind's own, by the key in lower case, letters only. Keys of other
     * kinds, for example.
     */
    readonly habits?: Readonly<Record<string, string>>;
    /** What stands behind the key where that is no plain value, for the remedy of such a word. */
    readonly shape?: string;
    /** Names of the fields whose strings may be expressions. */
    readonly expressions: readonly string[];
    /** Undefined: the fields do not match their schemas, which has been reported. */
    read(task: unknown): W | undefined;
    /** Checks that a schema cannot make. Paths begin at the task. `timeoutSeconds` is undefined if none was written. */
    check(work: W, timeoutSeconds: number | undefined, report: Report): void;
    /** The work's values of the fields in `expressions`. */
    values(work: W): Json;
    /** Why a task cannot replace its service locally. Absent: it can. */
    readonly noLocal?: string;
    /** The longest time in seconds that the file implies: the default of the task's timeout. */
    longest?(work: W): number | undefined;
    /** How many seconds the task lasts if nobody ends it sooner. Undefined: the file does not say. */
    lasts?(work: W): number | undefined;
    /** Why it has no output. Undefined: it may have one. */
    noOutput(work: W): string | undefined;
  };
  /** The sorts of things that the work may name. Each sort belongs to one kind. */
  readonly things: Readonly<Record<string, Thing>>;
  /** The things of the project or the account that the work names. */
  uses(work: W): readonly Use[];
  /** The dataset that the work waits for. Absent: the kind waits for none. */
  awaits?(work: W): string | undefined;
  /** The run of another pipeline that the work asks for. Absent: the kind runs no pipelines. */
  nested?(work: W): NestedRequest;
  /** The same work with other names and values. */
  renamed(work: W, rename: (use: Use) => string, value: (value: Json) => Json): W;
  readonly runs: ByToken<W>;
};

/** `what`: one of the sorts in `things`. */
export type Use = { readonly what: string; readonly name: string };

/** `outputs`: the tasks whose outputs the run returns. */
export type NestedRequest = {
  readonly pipeline: string;
  readonly params: Readonly<Record<string, Json>>;
  readonly interval?: Json;
  readonly outputs: readonly string[];
};

export type Thing = {
  /** As in an ARN. */
  readonly service: string;
  /** The last part of its ARN. `name` may be a pattern. */
  resource(name: string): string;
  /** The stack makes such things itself, and their work may outlive the deployment that names them. */
  readonly ours?: true;
  /** Its ARN has neither Region nor account. */
  readonly global?: true;
};

/**
 * `start-task` begins the work. It ends by the service's event, by the reconciler, or at the deadline. Until then
 * the state machine waits with a task token.
 */
export type ByToken<W extends { readonly kind: string }> = {
  readonly by: 'token';
  /** The work with its expressions evaluated, as the state sends it and the ledger keeps it. */
  readonly work: z.ZodMiniType<W>;
  /**
   * The thing that runs, such as the job. Work that the service refuses waits in the thing's queue until other work
   * of it ends.
   */
  name(work: W): string;
  /** Whether the service's answers tell whose the work is. */
  isMarked(work: W): boolean;
  /**
   * The thing runs one work at a time and does not name its owner, so the ledger records the owner from before the
   * start until the end.
   */
  readonly alone?: Alone<W>;
  /** Absent: the service has no timeout, so a look stops the work. */
  readonly endsAtTimeout?: true;
  /** Undefined: there is no service, so nothing begins. */
  begin(order: Order<W>, stack: Stack): WorkCall | undefined;
  /** The id of the new work. @throws if the answer cannot be read */
  begun(answer: unknown, order: Order<W>): string;
  /** Looks for what an unanswered start may have begun. */
  readonly find: {
    call(order: Order<W>, page: string | undefined): WorkCall | undefined;
    read(answer: unknown, order: Order<W>, stack: Stack): Page<SeenWork>;
  };
  readonly ask: {
    /** @param work absent: an event asks */
    call(name: string, id: string, work?: W): WorkCall;
    /** Where one answer does not say all: what else to ask. Undefined: nothing. */
    readonly then?: (answer: unknown) => WorkCall | undefined;
    /**
     * Undefined: the answer says nothing. `gone`: there is no such work, or the service has not shown it yet.
     * `owner`: the attempt of this stack in the work's mark.
     */
    read(
      answer: unknown,
      stack: Stack,
      id: string,
      more?: unknown,
    ): (SeenWork & { readonly owner?: Owner }) | 'gone' | undefined;
  };
  /** An event says only that it is time to ask: the answer has the output, or the verdict. */
  readonly endsBy?: 'asking';
  /** For work without a service: a look decides, and a stop ends it. */
  readonly looks?: Looks<W>;
  /** `atOnce`: how many works of one thing a call stops. */
  readonly stop: { readonly atOnce: number; call(name: string, ids: readonly string[]): WorkCall };
  /** Absent: no service reports ends. */
  readonly event?: {
    /** EventBridge's pattern of the ends that the service reports. */
    readonly pattern: EventPattern;
    /** @param event one that the pattern's source and detail type match. @throws {UnreadableEvent} */
    read(event: unknown): WorkEvent;
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
  /** The service's errors that mean: there is no such work, or no such thing. */
  readonly gone: readonly string[];
  /** Every call of the kind. The functions' roles follow from it. */
  readonly sends: readonly Send[];
  /** What the state machine is told if the work fails. */
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

/** `since`: when the work began. All times are epoch milliseconds. */
export type Looks<W> = {
  /** When somebody must look next. */
  due(work: W, since: number, now: number): number;
  /** Absent: the time tells. Undefined: there is nothing to ask for, and `read` says why. */
  call?(work: W): WorkCall | undefined;
  /** @param answer undefined: nothing was called, or what is looked for does not exist */
  read(answer: unknown, work: W, since: number, now: number): WorkState;
  /** What somebody's decision makes of it. Absent: it is nobody's to decide. */
  decided?(work: W, decision: Decision): EndState | { readonly problem: string };
};

/** `by`: who decided. `at`: when, epoch milliseconds. */
export type Decision = {
  readonly approve: boolean;
  readonly by: string;
  readonly note?: string;
  readonly at: number;
};

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

/** What to begin, and for whom. */
export type Order<W> = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly work: W;
  /** Seconds. */
  readonly timeout: number;
  /** When the attempt began: no work of it is older. Epoch milliseconds. */
  readonly since: number;
  /** When the last try to begin the work was made. */
  readonly tried: number;
  /** Any work of the thing will do, whoever owns it. */
  readonly joins?: true;
};

/** The work's owner: two stages in one account leave each other's work alone. */
export type Stack = { readonly name: string; readonly outputBucket: string };

export type Owner = { readonly run: string; readonly task: string; readonly attempt: number };

/** `says`: the service's own word. `stopping`: the service has accepted a stop, which takes time. */
export type WorkState =
  | { readonly is: 'open'; readonly says: string; readonly stopping?: true }
  /** `output`: if the service's own answer holds it. */
  | {
      readonly is: WorkEnd;
      readonly says: string;
      readonly message?: string;
      readonly output?: Json;
      /** Of `failed`: a retry cannot help. */
      readonly final?: true;
    };

export type EndState = Extract<WorkState, { readonly is: WorkEnd }>;

export type WorkEnd = 'succeeded' | 'failed' | 'timed_out' | 'stopped';

/** Epoch milliseconds, seconds, and DPU seconds, as the service measures them. */
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

/** A service's event. `name`: of the thing that ran. Without an id, the event only says that it is time to ask. */
export type WorkEvent = { readonly name: string; readonly id?: string; readonly state: WorkState };
