import type { Json, JsonObject } from '../json.ts';
import type { Work } from '../tasks/kinds.ts';
import type { Trigger } from './trigger.ts';

/** A pipeline as everything behind the parser sees it: checked, and with every default filled in. */
export type Pipeline = {
  readonly name: string;
  readonly description?: string;
  readonly params: Readonly<Record<string, Param>>;
  /** What `$buckets.NAME` stands for, of each name that an expression reads. Absent: none reads one. */
  readonly buckets?: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, Trigger>>;
  readonly runs: RunRules;
  /** In the order of the file. `after` names only tasks of this list, and there is no cycle. */
  readonly tasks: readonly Task[];
};

export type ParamType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'object' | 'array';

export type Param = {
  readonly type: ParamType;
  /** A value, or an expression over `$interval` and `$run`. Absent: every trigger has to give it. */
  readonly default?: Value;
  readonly description?: string;
};

/** JSON whose strings of the form `{% … %}` are JSONata expressions. */
export type Value = Json;

export type RunRules = {
  /** How many runs of the pipeline may be live at a time. */
  readonly max: number;
  readonly overlap: 'queue' | 'skip' | 'cancel_running';
  readonly deadlineSeconds: number;
  /** Since it was asked for. Absent: no run is late. */
  readonly lateSeconds?: number;
  readonly onFailure: 'continue' | 'stop';
};

/** When a task runs, over what its `after` names; the table is in `join-rule.ts`. */
export type JoinRule =
  | 'all_succeeded'
  | 'none_failed'
  | 'all_done'
  | 'any_succeeded'
  | 'any_failed'
  | { readonly atLeast: number };

export type Task = {
  readonly name: string;
  readonly description?: string;
  readonly after: readonly string[];
  readonly when: JoinRule;
  /** A JSONata expression in `{% … %}`, looked at when the join rule says *runs*. */
  readonly if?: string;
  readonly retry: Retry;
  /** Of one try of its work. */
  readonly timeoutSeconds: number;
  /** Of the whole task, from its turn on. */
  readonly deadlineSeconds?: number;
  readonly tolerate: boolean;
  /** Names of the datasets that the task marks when it has succeeded. */
  readonly publishes: readonly string[];
  readonly work: Work;
  /** What stands for its service locally. */
  readonly local?: LocalWork;
};

/** Exactly one of `simulateSeconds` and `command`. */
export type LocalWork = {
  readonly simulateSeconds?: number;
  readonly command?: readonly string[];
  readonly output?: JsonObject;
};

export type Retry = {
  /** Tries of the job, the first included. */
  readonly attempts: number;
  readonly delaySeconds: number;
  readonly backoff: number;
  readonly maxDelaySeconds?: number;
};

/** The expressions of `$run`, as they are given to a run: see `shared/protocol/messages.ts`. */
export type RunContext = {
  readonly id: string;
  readonly pipeline: string;
  readonly trigger: JsonObject;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
};

export type Interval = { readonly start: string; readonly end: string };
