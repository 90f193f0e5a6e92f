import type { JsonObject } from '../json.ts';

/** What starts runs of a pipeline: one member for each kind. `shared/triggers/kinds/` says what each kind does. */
export type Trigger =
  | S3Trigger
  | ScheduleTrigger
  | ApiTrigger
  | DatasetsTrigger
  | GlueJobTrigger
  | PipelineTrigger
  | EventTrigger;

type EveryTrigger = {
  /** Queued runs with a higher priority start first. 0 by default. */
  readonly priority?: number;
};

/** Derives a run's interval from its parameters. */
export type IntervalTemplate = {
  /** Such as `{year}-{month}`: with the parameters filled in, it names an hour, day or month. */
  readonly of: string;
  readonly timezone: string;
};

/** An object arrives. */
export type S3Trigger = EveryTrigger & {
  readonly kind: 's3';
  readonly bucket: string;
  /** Key pattern: `{param}` binds part of one path segment, `*` and `?` stay within a segment, `**` crosses segments. */
  readonly key: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Bytes, both ends included. */
  readonly size?: { readonly min?: number; readonly max?: number };
  /** A regular expression of the linear-time subset, searched for in the key: see `linear-regex.ts`. */
  readonly match?: string;
  /** Absent: every object is a batch of its own. */
  readonly batch?: BatchRules;
  readonly interval?: IntervalTemplate;
};

/** A time comes. */
export type ScheduleTrigger = EveryTrigger & {
  readonly kind: 'schedule';
  /** In EventBridge Scheduler's syntax: `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly interval?: IntervalUnit;
  /** Which missed intervals run after a pause or an outage. `latest` by default. */
  readonly catchup?: Catchup;
};

/** A call of the HTTP API. */
export type ApiTrigger = EveryTrigger & { readonly kind: 'api'; readonly interval?: IntervalTemplate };

/** Tasks of other pipelines publish datasets. */
export type DatasetsTrigger = EveryTrigger & {
  readonly kind: 'datasets';
  readonly datasets: readonly string[];
  readonly rule: 'all' | 'any' | { readonly atLeast: number };
  /** Awaited until the deadline only; ignored without a deadline. */
  readonly optional?: readonly string[];
  readonly deadline?: DatasetDeadline;
  /** What republishing a dataset does for an interval that already had its run. `ignore` by default. */
  readonly onRerun?: 'ignore' | 'rerun';
};

/** A run of a Glue job that Gluewright did not start ends. */
export type GlueJobTrigger = EveryTrigger & {
  readonly kind: 'glue-job';
  readonly job: string;
  readonly states: readonly JobEndState[];
};

/** A run of another pipeline ends. */
export type PipelineTrigger = EveryTrigger & {
  readonly kind: 'pipeline';
  readonly pipeline: string;
  readonly statuses: readonly RunEndStatus[];
};

/** An event of the account's default bus has come. */
export type EventTrigger = EveryTrigger & {
  readonly kind: 'event';
  /** An event pattern of EventBridge. */
  readonly pattern: JsonObject;
};

/** A batch ends at whichever of these comes first. */
export type BatchRules = {
  /** Since the last object. */
  readonly quietSeconds?: number;
  /** Since the first object. */
  readonly windowSeconds?: number;
  readonly size?: number;
  readonly bytes?: number;
  /** The last segment of a key, with `*` and `?`. */
  readonly marker?: string;
  /** A number of different keys, or one key for each of these last segments, with `*` and `?`. */
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

export type DatasetDeadline = (
  | {
      /** `HH:MM`, by the clocks of the zone: the first such time after the interval's end. */
      readonly by: string;
      readonly timezone: string;
    }
  /** Since the first of the datasets was published. */
  | { readonly withinSeconds: number }
) & {
  /** What happens at the deadline when a required dataset is missing. */
  readonly otherwise: (typeof lateActions)[number];
};

export type TriggerOf<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>;

/** The template of a trigger whose runs' parameters name their interval. */
export function templateOf(trigger: Trigger): IntervalTemplate | undefined {
  return trigger.kind === 's3' || trigger.kind === 'api' ? trigger.interval : undefined;
}

/** The triggers of one kind, with their names. */
export function triggersOf<K extends Trigger['kind']>(
  { triggers }: { readonly triggers: Readonly<Record<string, Trigger>> },
  kind: K,
): (readonly [string, TriggerOf<K>])[] {
  return Object.entries(triggers).flatMap(([name, trigger]) => (isOf(trigger, kind) ? [[name, trigger] as const] : []));
}

function isOf<K extends Trigger['kind']>(trigger: Trigger, kind: K): trigger is TriggerOf<K> {
  return trigger.kind === kind;
}
