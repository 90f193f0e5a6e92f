import type * as z from 'zod/mini';
import type { Json, JsonObject } from '../../json.ts';
import type { Report } from '../../reading/finding.ts';
import type { NativeWork } from './native-work.ts';
import type { ServiceWork } from './service-work.ts';
import type { WaitingWork } from './waiting-work.ts';

/**
 * Everything about one kind of task. Pure: a service call is data, and its answer is parsed here. One file (or
 * folder) for each kind, and one line in `kinds.ts`.
 */
export type TaskKind<W extends { readonly kind: string }> = {
  readonly kind: W['kind'];
  /** The service's name for people. */
  readonly service: string;
  readonly file: TaskFile<W>;
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
  /**
   * Who ends the work: a service, or the reconciler, which looks whether the wait is over. Until then the state
   * machine waits with a task token. A native kind's work is done by the state machine itself.
   */
  readonly runs: ServiceWork<W> | WaitingWork<W> | NativeWork<W>;
};

/** The task in a pipeline file, and its checks. */
export type TaskFile<W> = {
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
  /** Variables that only the expressions of a field may read, by the field. */
  readonly locals?: Readonly<Record<string, readonly string[]>>;
  /** Undefined: the fields do not match their schemas, which has been reported. */
  read(task: unknown): W | undefined;
  /** Checks that a schema cannot make. Paths begin at the task. `timeoutSeconds` is undefined if none was written. */
  check(work: W, timeoutSeconds: number | undefined, report: Report): void;
  /** The work's values of the fields in `expressions`. */
  values(work: W): Json;
  /** Why a task cannot replace its service locally. Absent: it can. */
  readonly noLocal?: string;
  /** It invokes a function: a handler of the project may replace it locally. */
  readonly handlers?: true;
  /** The longest time in seconds that the file implies: the default of the task's timeout. */
  longest?(work: W): number | undefined;
  /** How many seconds the task lasts if nobody ends it sooner. Undefined: the file does not say. */
  lasts?(work: W): number | undefined;
  /** Why it has no output. Undefined: it may have one. */
  noOutput(work: W): string | undefined;
};

/** `what`: one of the sorts in `things`. */
export type Use = { readonly what: string; readonly name: string };

/**
 * `outputs`: the tasks whose outputs the run returns. `items`: there are many such runs. `max`: so many at the same time.
 */
export type NestedRequest = {
  readonly pipeline: string;
  readonly params: Readonly<Record<string, Json>>;
  readonly interval?: Json;
  readonly outputs: readonly string[];
  readonly items?: { readonly max?: number };
};

export type Thing = {
  /** As in an ARN. */
  readonly service: string;
  /** The last part of its ARN. `name` may be a pattern. */
  resource(name: string): string;
  /** The stack makes such things itself, and their work may outlive the deployment that names them. */
  readonly ours?: true;
  /**
   * `account`: its ARN has no Region. `global`: it has no account either. `any`: IAM has no resource for the calls on
   * it, and `reason` says so. Absent: its ARN has both.
   */
  readonly scope?: 'account' | 'global' | 'any';
  /** Why the last part is a pattern, whatever the name. */
  readonly reason?: string;
  /** IAM's condition of the calls on it. */
  readonly condition?: JsonObject;
};
