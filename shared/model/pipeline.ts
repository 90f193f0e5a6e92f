import type { Json, JsonObject } from '../json.ts';
import type { Work } from '../tasks/kinds.ts';
import type { Notify } from './channel.ts';
import type { PoolUse } from './pool.ts';
import type { Trigger } from './trigger.ts';

/** A checked pipeline with every default filled in, as everything behind the parser sees it. */
export type Pipeline = {
  readonly name: string;
  readonly description?: string;
  readonly params: Readonly<Record<string, Param>>;
  /** The bucket for each `$buckets.NAME` that an expression reads. Absent: no expression reads one. */
  readonly buckets?: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, Trigger>>;
  readonly runs: RunRules;
  /** Who is notified. Absent: all channels of the project. */
  readonly notify?: Notify;
  /** In the order of the file. `after` names only tasks of this list, and there is no cycle. */
  readonly tasks: readonly Task[];
};

export type ParamType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'object' | 'array';

export type Param = {
  readonly type: ParamType;
  /** A value, or an expression over `$interval` and `$run`. Absent: every trigger must give a value. */
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
  /** Counted from the request. Absent: no run is late. */
  readonly lateSeconds?: number;
  readonly onFailure: 'continue' | 'stop';
};

/** When a task runs, given the tasks in its `after`: see the table in `join-rule.ts`. */
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
  /** A JSONata expression in `{% … %}`, evaluated when the join rule lets the task run. */
  readonly if?: string;
  readonly retry: Retry;
  /** Limit of one attempt. */
  readonly timeoutSeconds: number;
  /** Limit of the whole task, from its first attempt on. */
  readonly deadlineSeconds?: number;
  readonly tolerate: boolean;
  /** Datasets that the task publishes when it succeeds. */
  readonly publishes: readonly string[];
  readonly work: Work;
  /** Its share of a pool. Absent: only its service limits it. */
  readonly pool?: PoolUse;
  /** One of its expressions reads `$interval` without a guard: every run needs an interval. Absent: none does. */
  readonly needsInterval?: true;
  /** What replaces its service locally. */
  readonly local?: LocalWork;
};

/** Exactly one of `simulateSeconds`, `command` and `handler`. */
export type LocalWork = {
  readonly simulateSeconds?: number;
  readonly command?: readonly string[];
  /** A function of the project, as Lambda names it. */
  readonly handler?: string;
  readonly output?: JsonObject;
};

export type Retry = {
  /** Tries of the job, the first included. */
  readonly attempts: number;
  readonly delaySeconds: number;
  readonly backoff: number;
  readonly maxDelaySeconds?: number;
};

/** The fields of `$run`, as a run gets them: see `shared/protocol/messages.ts`. */
export type RunContext = {
  readonly id: string;
  readonly pipeline: string;
  readonly trigger: JsonObject;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
};

export type Interval = { readonly start: string; readonly end: string };
