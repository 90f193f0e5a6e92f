// Written by `npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u` from the schema of the pipeline file.
import type { Json } from '../../json.ts';
import type { Duration, Expression } from './builder-texts.ts';

export type PipelineFields = {
  /** Its name: a letter, then letters, digits, `_` and `-` — for example `"orders-daily"` */
  readonly pipeline: string;
  /** For people */
  readonly description?: string;
  /** Rules for its runs */
  readonly runs?: {
    /** How many runs of the pipeline may be live at a time; 1 by default */
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
      /** Number of tries, including the first; 1 by default */
      readonly attempts?: number;
      /** Time before the second try; 30s by default — for example `"90s"` */
      readonly delay?: Duration;
      /** Factor by which the delay grows with each try; 2 by default */
      readonly backoff?: number;
      /** The longest delay — for example `"90s"` */
      readonly maxDelay?: Duration;
    };
    /** For tasks without a `timeout` of their own — for example `"90s"` */
    readonly timeout?: Duration;
    /** For tasks with a `pool` and without a `priority` of their own */
    readonly priority?: number;
  };
};

export type ParamFields = {
  /** For people */
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
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** Objects that arrive in a bucket */
      readonly s3: {
        /** The bucket, without s3:// and without a key — for example `"landing"` */
        readonly bucket: string;
        /** The pattern of the keys; any key by default — for example `"orders/{day}/*.csv"` */
        readonly key?: string;
        /** What the key begins with */
        readonly prefix?: string;
        /** What the key ends with */
        readonly suffix?: string;
        /** How large the object is, at least and at most */
        readonly size?: {
          /** At least — for example `"64KB"` */
          readonly min?: number | string;
          /** At most — for example `"64KB"` */
          readonly max?: number | string;
        };
        /** A regular expression that the key matches */
        readonly match?: string;
      };
      /** Several objects in one run */
      readonly batch?: {
        /** A batch ends when nothing has arrived for so long — for example `"90s"` */
        readonly quiet?: Duration;
        /** How long after its first object a batch ends — for example `"90s"` */
        readonly window?: Duration;
        /** A batch ends with so many objects */
        readonly size?: number;
        /** A batch ends with so much data — for example `"64KB"` */
        readonly bytes?: number | string;
        /** A batch ends when an object of this name arrives beside the others */
        readonly marker?: string;
        /** A batch ends when so many different keys have arrived, or all of these names */
        readonly expect?: number | readonly string[];
      };
      /** What a run is for, as $interval, made of its parameters — for example `"{day}"` */
      readonly interval?: string;
      /** Of the interval; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** true: a caller of the HTTP API may ask for a run */
      readonly api: true;
      /** What a run is for, as $interval, made of its parameters — for example `"{day}"` */
      readonly interval?: string;
      /** Of the interval; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** Datasets that tasks of other pipelines publish */
      readonly datasets: {
        /** Every one of these — for example `["customers","prices"]` */
        readonly all: readonly string[];
      } | {
        /** Any of these */
        readonly any: readonly string[];
      } | {
        /** How many of them */
        readonly at_least: number;
        /** The datasets */
        readonly of: readonly string[];
      };
      /** Awaited until the deadline, not beyond it */
      readonly optional?: string | readonly string[];
      /** The deadline: the first such time after the interval has ended */
      readonly by?: string;
      /** The deadline, counted from the first publication of one of them — for example `"90s"` */
      readonly within?: Duration;
      /** Of the deadline; UTC by default — for example `"Europe/Berlin"` */
      readonly timezone?: string;
      /** What happens at the deadline when a dataset is missing; alert by default */
      readonly otherwise?: 'start' | 'skip' | 'alert';
      /** When a dataset is published again; ignore by default */
      readonly on_rerun?: 'ignore' | 'rerun';
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** A run of this Glue job that somebody else started ends */
      readonly 'glue-job': {
        /** the name of a Glue job */
        readonly name: string;
        /** How the job run ended; SUCCEEDED by default */
        readonly states?: 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR' | readonly ('SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR')[];
      };
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** A run of another pipeline ends */
      readonly pipeline: {
        /** The other pipeline */
        readonly name: string;
        /** How the run ended; SUCCEEDED by default */
        readonly status?: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | readonly ('SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED')[];
      };
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    }
  | {
      /** an event pattern of EventBridge — for example `{"source":"my.app","detail-type":"Order placed","detail":{"country":["DE","FR"]}}` */
      readonly event: { readonly [name: string]: Json };
      /** Which queued run starts next: the higher, the sooner */
      readonly priority?: number;
    };

export type TaskFields = {
  /** For people */
  readonly description?: string;
  /** The tasks that it waits for — for example `"extract"` */
  readonly after?: string | readonly string[];
  /** The join rule: which outcomes of the tasks in `after` let it run; all_succeeded by default — for example `"all_done"` */
  readonly when?: 'all_succeeded' | 'none_failed' | 'all_done' | 'any_succeeded' | 'any_failed' | {
    /** The number of tasks that must succeed */
    readonly at_least: number;
  };
  /** Evaluated once the join rule lets the task run; false skips the task — for example `"{% $params.full %}"` */
  readonly if?: Expression;
  /** Tries again after a failure or a timeout */
  readonly retry?: {
    /** Number of tries, including the first; 1 by default */
    readonly attempts?: number;
    /** Time before the second try; 30s by default — for example `"90s"` */
    readonly delay?: Duration;
    /** Factor by which the delay grows with each try; 2 by default */
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
  /** How many places of its pool it takes; 1 by default */
  readonly places?: number;
  /** Which task that waits for the pool starts next: the higher, the sooner; 0 by default */
  readonly priority?: number;
  /** Datasets that it publishes when it succeeds — for example `"daily_revenue"` */
  readonly publishes?: string | readonly string[];
  /** Replaces its service on this machine: `simulate`, `command` or `handler` */
  readonly local?: {
    /** Waits this long, then succeeds — for example `"90s"` */
    readonly simulate?: Duration;
    /** Runs this command in the project’s folder */
    readonly command?: readonly string[];
    /** Runs this function of the project; only for a task that invokes one */
    readonly handler?: string;
    /** The output of the task */
    readonly output?: { readonly [name: string]: Json };
  };
  /** true: its failure does not fail the run */
  readonly tolerate?: boolean;
};

/** Exactly one kind's own fields. */
export type KindFields =
  | {
      /** The Glue job that it runs, of jobs/jobs.yml or of the account — for example `"extract-orders"` */
      readonly 'glue-job': string;
      /** Arguments of the job, without the leading --; may be expressions — for example `{"day":"{% $params.day %}","rows":"{% $tasks.extract.output.rows %}"}` */
      readonly args?: { readonly [name: string]: Json };
      /** false: the job gets no arguments of ours, and has no output */
      readonly inject?: boolean;
    }
  | {
      /** the name of a Glue crawler, 1 to 255 letters */
      readonly crawler: string;
      /** Where the crawler runs already: wait for its end and crawl then, join that crawl, or fail */
      readonly running?: 'wait' | 'join' | 'fail';
    }
  | {
      /** a duration such as `30m`, a time such as `2026-11-20T06:00:00Z`, or an expression that gives one of them */
      readonly wait: string;
    }
  | {
      /** the question that people are asked, at most 500 letters */
      readonly approval: string;
      /** Who may decide, by the names that the API knows; anybody who may act by default */
      readonly by?: string | readonly string[];
      /** How long it is waited for; 12h by default — for example `"90s"` */
      readonly within?: Duration;
      /** What counts where nobody decides; reject by default */
      readonly otherwise?: 'reject' | 'approve';
    }
  | {
      /** a name: a letter, then letters, digits, `_` and `-`, at most 64 characters in all */
      readonly pipeline: string;
      /** Its parameters; may be expressions */
      readonly params?: { readonly [name: string]: Json };
      /** Its interval: {start, end}; may be expressions */
      readonly interval?: Json;
      /** Tasks of it whose outputs are this task’s output */
      readonly outputs?: string | readonly string[];
    }
  | {
      /** The pipeline of the project that runs for each item */
      readonly map: string;
      /** The items: a list, an expression that makes one, dates, the objects of a folder, or the rows of a file */
      readonly over: Expression | readonly Json[] | {
        /** Each hour, day, week or month of a range, in UTC */
        readonly dates: {
          /** The first date, or a time in its hour */
          readonly from: string;
          /** The last date, or the time before which the last item begins */
          readonly to: string;
          /** one of `hour`, `day`, `week`, `month` */
          readonly by: 'hour' | 'day' | 'week' | 'month';
        };
      } | {
        /** The address of a folder: an item for each object below it */
        readonly objects: string;
      } | {
        /** The address of a CSV file with a header, of JSON Lines, or of a JSON list: an item for each row */
        readonly rows: string;
      };
      /** Parameters of each run; expressions may read $item and $index */
      readonly params?: { readonly [name: string]: Json };
      /** Interval of each run: {start, end}; expressions may read $item and $index */
      readonly interval?: Json;
      /** How many items run at the same time; as many as the pipeline’s `runs.max` by default */
      readonly max?: number;
      /** How many items may fail without failing the task: a number, or a share; none by default — for example `3` */
      readonly failures?: number | string;
      /** Tasks of the pipeline whose outputs are gathered */
      readonly outputs?: string | readonly string[];
    }
  | {
      /** one statement of SQL, at most 262,144 bytes */
      readonly athena: string;
      /** a database of the Data Catalog */
      readonly database: string;
      /** The workgroup that the query runs in; `primary` by default */
      readonly workgroup?: string;
      /** Values for the question marks of the statement, in their order; may be expressions */
      readonly args?: readonly Json[];
      /** The folder of the result; one of the stack’s own by default */
      readonly result?: string;
    }
  | {
      /** the name of a ruleset */
      readonly 'data-quality': string;
      /** a database of the Data Catalog */
      readonly database: string;
      /** a table of the database */
      readonly table: string;
      /** the name or the ARN of a role */
      readonly role: string;
      /** Which partitions to evaluate, as a condition of SQL; all by default; may be an expression */
      readonly partitions?: string;
      /** The share of rules that must pass; all by default */
      readonly score?: number;
      /** What a task does whose score is lower: fail, or succeed and tell it */
      readonly below?: 'fail' | 'succeed';
    }
  | {
      /** the id of an application of EMR Serverless */
      readonly 'emr-serverless': string;
      /** the ARN of a role */
      readonly role: string;
      /** The Python script or JAR that Spark runs; may be an expression */
      readonly script?: string;
      /** The queries that Hive runs, instead of `script`; may be an expression */
      readonly hive?: string;
      /** Arguments of the script, in their order; may be expressions */
      readonly args?: readonly Json[];
      /** Options of spark-submit or of Hive; may be an expression */
      readonly parameters?: string;
      /** `configurationOverrides` of the call: where logs go, for example; may have expressions */
      readonly overrides?: Json;
    }
  | {
      /** the name or the ARN of a Lambda function */
      readonly lambda: string;
      /** What the function is invoked with; may be expressions */
      readonly args?: { readonly [name: string]: Json };
    }
  | {
      /** a service and its action, as in `glue:getTable` — for example `"glue:getTable"` */
      readonly aws: string;
      /** Parameters of the action; may be expressions */
      readonly args?: { readonly [name: string]: Json };
      /** What the state machine may call the action on */
      readonly resources?: readonly string[];
      /** Why the action needs any resource */
      readonly reason?: string;
    }
  | {
      /** What is waited for: an object in S3, a partition of a table, a dataset that a task publishes, or an address */
      readonly sensor: {
        /** the address of an object, or of a folder, or an expression that makes one */
        readonly object: string;
      } | {
        /** a dataset name of letters, digits, `_`, `-` and `.` that begins with a letter */
        readonly dataset: string;
        /** The interval that it is published for; where nothing is said, it is for none — for example `"{% $params.full %}"` */
        readonly interval?: Expression;
      } | {
        /** a table of the Data Catalog, DATABASE.TABLE */
        readonly partition: string;
        /** The value of each partition key, in the order of the table; may be expressions — for example `["2026","{% $substring($interval.start, 5, 2) %}"]` */
        readonly values: readonly string[];
      } | {
        /** an address such as https://example.com/ready, or an expression that makes one */
        readonly url: string;
      };
      /** The time from one look to the next, a minute at least; 1m by default — for example `"90s"` */
      readonly every?: Duration;
    }
  | {
      /** the name of a task definition, or its name and revision */
      readonly ecs: string;
      /** The cluster that the task runs on; `default` by default */
      readonly cluster?: string;
      /** The container that gets `command` and `env`, and whose exit code decides; the definition’s name by default */
      readonly container?: string;
      /** The container’s command; may be expressions */
      readonly command?: readonly Json[];
      /** Environment variables of the container; may be expressions */
      readonly env?: { readonly [name: string]: Json };
      /** Where the task gets its network interface; Fargate needs it */
      readonly subnets?: string | readonly string[];
      /** The security groups of that interface; those of the VPC by default */
      readonly securityGroups?: string | readonly string[];
      /** true: the interface has a public address */
      readonly publicIp?: boolean;
      /** What it runs on; FARGATE by default */
      readonly launchType?: 'FARGATE' | 'EC2' | 'EXTERNAL';
      /** The capacity provider that it runs on, such as FARGATE_SPOT; replaces `launchType` */
      readonly capacityProvider?: string;
      /** The roles in the task definition, which Gluewright passes to ECS */
      readonly roles?: string | readonly string[];
    }
  | {
      /** One statement of SQL, or several that run as one transaction */
      readonly redshift: string | readonly string[];
      /** a database of the cluster or workgroup */
      readonly database: string;
      /** The cluster that runs the statements */
      readonly cluster?: string;
      /** The workgroup of Redshift Serverless that runs the statements */
      readonly workgroup?: string;
      /** The secret with the user and its password; temporary credentials by default */
      readonly secret?: string;
      /** The database user for temporary credentials of a cluster */
      readonly user?: string;
      /** Values for the parameters `:name` of the statements; may be expressions */
      readonly args?: { readonly [name: string]: Json };
    };
