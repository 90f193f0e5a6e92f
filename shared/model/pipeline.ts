import type { Json, JsonObject } from '../json.ts';
import type { Work } from '../tasks/kinds.ts';

/** A pipeline as everything behind the parser sees it: checked, and with every default filled in. */
export type Pipeline = {
  readonly name: string;
  readonly description?: string;
  readonly params: Readonly<Record<string, Param>>;
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

/** Of the runs that wait for their pipeline's other runs, those with the higher `priority` are the next; 0 by default. */
export type Trigger = TriggerKind & { readonly priority?: number };

type TriggerKind =
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** The key's pattern: `{param}` binds a parameter to one path segment's part, `*` and `?` stay in a segment, `**` does not. */
      readonly key: string;
      readonly prefix?: string;
      readonly suffix?: string;
      /** Bytes, both ends included. */
      readonly size?: { readonly min?: number; readonly max?: number };
      /** A regular expression of the linear-time subset, found somewhere in the key: see `linear-regex.ts`. */
      readonly match?: string;
      /** Absent: every object is a batch of its own. */
      readonly batch?: BatchRules;
    }
  | {
      readonly kind: 'schedule';
      /** In EventBridge Scheduler's syntax: `cron(…)`, `rate(…)` or `at(…)`. */
      readonly expression: string;
      readonly timezone: string;
      readonly interval?: IntervalUnit;
      /** Which intervals are run that were missed, while the trigger was paused or nothing ran. `latest` by default. */
      readonly catchup?: Catchup;
    }
  | { readonly kind: 'api' }
  | {
      readonly kind: 'datasets';
      readonly datasets: readonly string[];
      readonly rule: 'all' | 'any' | { readonly atLeast: number };
      /** Waited for as well until the deadline, but not beyond it; without a deadline not at all. */
      readonly optional?: readonly string[];
      readonly deadline?: DatasetDeadline;
      /** What a dataset that is published anew comes to, for an interval that has had its run. `ignore` by default. */
      readonly onRerun?: 'ignore' | 'rerun';
    }
  /** A run of a Glue job that Gluewright does not run ends. */
  | { readonly kind: 'glue-job'; readonly job: string; readonly states: readonly JobEndState[] }
  /** A run of another pipeline ends. */
  | { readonly kind: 'pipeline'; readonly pipeline: string; readonly statuses: readonly RunEndStatus[] };

/** When a batch ends: at whichever comes first. */
export type BatchRules = {
  /** Since the last object. */
  readonly quietSeconds?: number;
  /** Since the first object. */
  readonly windowSeconds?: number;
  readonly size?: number;
  readonly bytes?: number;
  /** The last segment of a key, with `*` and `?`. */
  readonly marker?: string;
  /** So many different keys, or one key for each of these last segments, with `*` and `?`. */
  readonly expect?: number | readonly string[];
};

export const jobEndStates = ['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED', 'ERROR'] as const;
export type JobEndState = (typeof jobEndStates)[number];

export const runEndStatuses = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type RunEndStatus = (typeof runEndStatuses)[number];

export const intervalUnits = ['hour', 'day', 'week', 'month', 'schedule'] as const;
export type IntervalUnit = (typeof intervalUnits)[number];

export const catchups = ['none', 'latest', 'all'] as const;
export type Catchup = (typeof catchups)[number];

export const lateActions = ['start', 'skip', 'alert'] as const;

export type DatasetDeadline = {
  /** `HH:MM`, by the clocks of the zone: the first such time after the interval's end. */
  readonly by: string;
  readonly timezone: string;
  /** What happens then, when not all is there that must be. */
  readonly otherwise: (typeof lateActions)[number];
};

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
