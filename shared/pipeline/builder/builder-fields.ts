// Written by `npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u` from the schema of the pipeline file.
import type { Json } from '../../json.ts';
import type { Duration, Expression } from './builder-texts.ts';

export type PipelineFields = {
  /** Its name: a letter, then letters, digits, `_` and `-` — for example `"orders-daily"` */
  readonly pipeline: string;
  /** For people — for example `"Cleans the orders of a day."` */
  readonly description?: string;
  /** Rules for its runs */
  readonly runs?: {
    /** How many runs of the pipeline may be live at a time; 1 by default — for example `3` */
    readonly max?: number;
    /** What to do with a run beyond `max`; queue by default */
    readonly overlap?: 'queue' | 'skip' | 'cancel_running';
    /** Stops a run that takes longer; 24h by default — for example `"90s"` */
    readonly deadline?: Duration;
    /** Reports a run as late if it has not ended this long after its request — for example `"90s"` */
    readonly late?: Duration;
    /** Whether other tasks continue after a failure; continue by default */
    readonly onFailure?: 'continue' | 'stop';
  };
  /** Which of the project’s channels are notified; all of them by default — for example `{"oncall":["failed","late"]}` */
  readonly notify?: false | readonly string[] | { readonly [name: string]: readonly ('failed' | 'late' | 'recovered' | 'approval')[] };
  /** Defaults for all tasks */
  readonly defaults?: {
    /** For tasks without a `retry` of their own */
    readonly retry?: {
      /** Number of tries, including the first; 1 by default — for example `3` */
      readonly attempts?: number;
      /** Time before the second try; 30s by default — for example `"90s"` */
      readonly delay?: Duration;
      /** Factor by which the delay grows with each try; 2 by default — for example `2` */
      readonly backoff?: number;
      /** The longest delay — for example `"90s"` */
      readonly maxDelay?: Duration;
    };
    /** For tasks without a `timeout` of their own — for example `"90s"` */
    readonly timeout?: Duration;
    /** For tasks with a `pool` and without a `priority` of their own — for example `10` */
    readonly priority?: number;
  };
};

export type ParamFields = {
  /** For people — for example `"The day to load."` */
  readonly description?: string;
};

export type TriggerFields =
  | {
      /** a schedule: cron(…), rate(…) or at(…) — for example `"cron(0 3 * * ? *)"` */
      readonly schedule: string;
      /** IANA name; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** What each run is for, as $interval */
      readonly interval?: 'hour' | 'day' | 'week' | 'month' | 'schedule';
      /** Which missed intervals run; latest by default */
      readonly catchup?: 'none' | 'latest' | 'all';
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** Objects that arrive in a bucket */
      readonly s3: {
        /** The bucket, without s3:// and without a key — for example `"landing"` */
        readonly bucket: string;
        /** The pattern of the keys; any key by default — for example `"orders/{day}/*.csv"` */
        readonly key?: string;
        /** What the key begins with — for example `"raw/orders/"` */
        readonly prefix?: string;
        /** What the key ends with — for example `".csv"` */
        readonly suffix?: string;
        /** How large the object is, at least and at most */
        readonly size?: {
          /** At least — for example `"64KB"` */
          readonly min?: number | string;
          /** At most — for example `"64KB"` */
          readonly max?: number | string;
        };
        /** A regular expression that the key matches — for example `"^raw/[0-9]{8}/"` */
        readonly match?: string;
      };
      /** Several objects in one run */
      readonly batch?: {
        /** A batch ends when nothing has arrived for so long — for example `"90s"` */
        readonly quiet?: Duration;
        /** How long after its first object a batch ends — for example `"90s"` */
        readonly window?: Duration;
        /** A batch ends with so many objects — for example `100` */
        readonly size?: number;
        /** A batch ends with so much data — for example `"64KB"` */
        readonly bytes?: number | string;
        /** A batch ends when an object of this name arrives beside the others — for example `"_SUCCESS"` */
        readonly marker?: string;
        /** A batch ends when so many different keys have arrived, or all of these names — for example `3` */
        readonly expect?: number | readonly string[];
      };
      /** What a run is for, as $interval, made of its parameters — for example `"{day}"` */
      readonly interval?: string;
      /** Of the interval; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** true: a caller of the HTTP API may ask for a run */
      readonly api: true;
      /** What a run is for, as $interval, made of its parameters — for example `"{day}"` */
      readonly interval?: string;
      /** Of the interval; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** Datasets that tasks of other pipelines publish — for example `"orders"` */
      readonly datasets: {
        /** Every one of these — for example `["customers","prices"]` */
        readonly all: readonly string[];
      } | {
        /** Any of these — for example `["orders","prices"]` */
        readonly any: readonly string[];
      } | {
        /** How many of them — for example `2` */
        readonly at_least: number;
        /** The datasets — for example `["orders","prices","stock"]` */
        readonly of: readonly string[];
      };
      /** Awaited until the deadline, not beyond it — for example `"prices"` */
      readonly optional?: string | readonly string[];
      /** The deadline: the first such time after the interval has ended — for example `"06:00"` */
      readonly by?: string;
      /** The deadline, counted from the first publication of one of them — for example `"90s"` */
      readonly within?: Duration;
      /** Of the deadline; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** What happens at the deadline when a dataset is missing; alert by default */
      readonly otherwise?: 'start' | 'skip' | 'alert';
      /** When a dataset is published again; ignore by default */
      readonly on_rerun?: 'ignore' | 'rerun';
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** A run of this Glue job that somebody else started ends */
      readonly 'glue-job': {
        /** the name of a Glue job — for example `"extract-orders"` */
        readonly name: string;
        /** How the job run ended; SUCCEEDED by default — for example `"FAILED"` */
        readonly states?: 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR' | readonly ('SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR')[];
      };
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** A run of another pipeline ends */
      readonly pipeline: {
        /** The other pipeline — for example `"orders"` */
        readonly name: string;
        /** How the run ended; SUCCEEDED by default — for example `"FAILED"` */
        readonly status?: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | readonly ('SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED')[];
      };
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    }
  | {
      /** an event pattern of EventBridge — for example `{"source":"my.app","detail-type":"Order placed","detail":{"country":["DE","FR"]}}` */
      readonly event: { readonly [name: string]: Json };
      /** Which queued run starts next: the higher, the sooner — for example `10` */
      readonly priority?: number;
    };

export type TaskFields = {
  /** For people — for example `"Waits for the last export."` */
  readonly description?: string;
  /** The tasks that it waits for — for example `"extract"` */
  readonly after?: string | readonly string[];
  /** The join rule: which outcomes of the tasks in `after` let it run; all_succeeded by default — for example `"all_done"` */
  readonly when?: 'all_succeeded' | 'none_failed' | 'all_done' | 'any_succeeded' | 'any_failed' | {
    /** The number of tasks that must succeed — for example `2` */
    readonly at_least: number;
  };
  /** Evaluated once the join rule lets the task run; false skips the task — for example `"{% $params.full %}"` */
  readonly if?: Expression;
  /** Tries again after a failure or a timeout */
  readonly retry?: {
    /** Number of tries, including the first; 1 by default — for example `3` */
    readonly attempts?: number;
    /** Time before the second try; 30s by default — for example `"90s"` */
    readonly delay?: Duration;
    /** Factor by which the delay grows with each try; 2 by default — for example `2` */
    readonly backoff?: number;
    /** The longest delay — for example `"90s"` */
    readonly maxDelay?: Duration;
  };
  /** The longest time of one try; 8h by default, or the run’s deadline if that is shorter — for example `"90s"` */
  readonly timeout?: Duration;
  /** The longest time of the task as a whole: all tries and the waits between them. The task then times out — for example `"90s"` */
  readonly deadline?: Duration;
  /** The pool of the project that limits it and others together — for example `"warehouse"` */
  readonly pool?: string;
  /** How many places of its pool it takes; 1 by default — for example `2` */
  readonly places?: number;
  /** Which task that waits for the pool starts next: the higher, the sooner; 0 by default — for example `10` */
  readonly priority?: number;
  /** Datasets that it publishes when it succeeds — for example `"daily_revenue"` */
  readonly publishes?: string | readonly string[];
  /** Replaces its service on this machine: `simulate`, `command` or `handler` */
  readonly local?: {
    /** Waits this long, then succeeds — for example `"90s"` */
    readonly simulate?: Duration;
    /** Runs this command in the project’s folder — for example `["node","local/crawl.mjs"]` */
    readonly command?: readonly string[];
    /** Runs this function of the project; only for a task that invokes one — for example `"functions/prices.handler"` */
    readonly handler?: string;
    /** The output of the task — for example `{"rows":7}` */
    readonly output?: { readonly [name: string]: Json };
  };
  /** true: its failure does not fail the run */
  readonly tolerate?: boolean;
};
