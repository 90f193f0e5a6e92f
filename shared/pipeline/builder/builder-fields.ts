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
      /** the name of a Glue crawler, 1 to 255 letters — for example `"raw"` */
      readonly crawler: string;
      /** Where the crawler runs already: wait for its end and crawl then, join that crawl, or fail */
      readonly running?: 'wait' | 'join' | 'fail';
    }
  | {
      /** a duration such as `30m`, a time such as `2026-11-20T06:00:00Z`, or an expression that gives one of them — for example `"30m"` */
      readonly wait: string;
    }
  | {
      /** the question that people are asked, at most 500 letters — for example `"Publish the report?"` */
      readonly approval: string;
      /** Who may decide, by the names that the API knows; anybody who may act by default — for example `"ann"` */
      readonly by?: string | readonly string[];
      /** How long it is waited for; 12h by default — for example `"90s"` */
      readonly within?: Duration;
      /** What counts where nobody decides; reject by default */
      readonly otherwise?: 'reject' | 'approve';
    }
  | {
      /** The pipeline that the task runs — for example `"orders"` */
      readonly pipeline: string;
      /** Its parameters; may be expressions — for example `{"day":"{% $params.day %}"}` */
      readonly params?: { readonly [name: string]: Json };
      /** Its interval: {start, end}; may be expressions — for example `"{% $interval %}"` */
      readonly interval?: Json;
      /** Tasks of it whose outputs are this task’s output — for example `"load"` */
      readonly outputs?: string | readonly string[];
    }
  | {
      /** The pipeline of the project that runs for each item — for example `"import-table"` */
      readonly map: string;
      /** The items: a list, an expression that makes one, dates, the objects of a folder, or the rows of a file — for example `["north","south"]` */
      readonly over: Expression | readonly Json[] | {
        /** Each hour, day, week or month of a range, in UTC */
        readonly dates: {
          /** The first date, or a time in its hour — for example `"2026-01-01"` */
          readonly from: string;
          /** The last date, or the time before which the last item begins — for example `"2026-01-31"` */
          readonly to: string;
          /** one of `hour`, `day`, `week`, `month` */
          readonly by: 'hour' | 'day' | 'week' | 'month';
        };
      } | {
        /** The address of a folder: an item for each object below it — for example `"s3://landing/tables/"` */
        readonly objects: string;
      } | {
        /** The address of a CSV file with a header, of JSON Lines, or of a JSON list: an item for each row — for example `"s3://landing/tables.csv"` */
        readonly rows: string;
      };
      /** Parameters of each run; expressions may read $item and $index — for example `{"table":"{% $item %}"}` */
      readonly params?: { readonly [name: string]: Json };
      /** Interval of each run: {start, end}; expressions may read $item and $index — for example `"{% $interval %}"` */
      readonly interval?: Json;
      /** How many items run at the same time; as many as the pipeline’s `runs.max` by default — for example `4` */
      readonly max?: number;
      /** How many items may fail without failing the task: a number, or a share; none by default — for example `3` */
      readonly failures?: number | string;
      /** Tasks of the pipeline whose outputs are gathered — for example `"load"` */
      readonly outputs?: string | readonly string[];
    }
  | {
      /** one statement of SQL, at most 262,144 bytes — for example `"SELECT count(*) FROM orders WHERE day = ?"` */
      readonly athena: string;
      /** a database of the Data Catalog — for example `"sales"` */
      readonly database: string;
      /** The workgroup that the query runs in; `primary` by default — for example `"reports"` */
      readonly workgroup?: string;
      /** Values for the question marks of the statement, in their order; may be expressions — for example `["{% $params.day %}"]` */
      readonly args?: readonly Json[];
      /** The folder of the result; one of the stack’s own by default — for example `"s3://lake/results/"` */
      readonly result?: string;
    }
  | {
      /** the name of a ruleset — for example `"orders"` */
      readonly 'data-quality': string;
      /** a database of the Data Catalog — for example `"sales"` */
      readonly database: string;
      /** a table of the database — for example `"orders"` */
      readonly table: string;
      /** the name or the ARN of a role — for example `"table-reader"` */
      readonly role: string;
      /** Which partitions to evaluate, as a condition of SQL; all by default; may be an expression — for example `"day = '2026-01-15'"` */
      readonly partitions?: string;
      /** The share of rules that must pass; all by default — for example `0.9` */
      readonly score?: number;
      /** What a task does whose score is lower: fail, or succeed and tell it */
      readonly below?: 'fail' | 'succeed';
    }
  | {
      /** the id of an application of EMR Serverless — for example `"00f1982r1uukb925"` */
      readonly 'emr-serverless': string;
      /** the ARN of a role — for example `"arn:aws:iam::111122223333:role/spark-jobs"` */
      readonly role: string;
      /** The Python script or JAR that Spark runs; may be an expression — for example `"s3://code/load.py"` */
      readonly script?: string;
      /** The queries that Hive runs, instead of `script`; may be an expression — for example `"s3://code/totals.sql"` */
      readonly hive?: string;
      /** Arguments of the script, in their order; may be expressions — for example `["{% $params.day %}"]` */
      readonly args?: readonly Json[];
      /** Options of spark-submit or of Hive; may be an expression — for example `"--conf spark.executor.memory=8g"` */
      readonly parameters?: string;
      /** `configurationOverrides` of the call: where logs go, for example; may have expressions — for example `{"monitoringConfiguration":{"s3MonitoringConfiguration":{"logUri":"s3://logs/emr/"}}}` */
      readonly overrides?: Json;
    }
  | {
      /** The job definition, with its revision or without — for example `"load-orders"` */
      readonly batch: string;
      /** The job queue that the job is submitted to — for example `"spot"` */
      readonly queue: string;
      /** Parameters of the job definition; may be expressions — for example `{"day":"{% $params.day %}"}` */
      readonly args?: { readonly [name: string]: Json };
      /** The container’s command; may be expressions — for example `["load","{% $params.day %}"]` */
      readonly command?: readonly Json[];
      /** Environment variables of the container; may be expressions — for example `{"MODE":"full"}` */
      readonly env?: { readonly [name: string]: Json };
      /** How many jobs an array has; by default it is a single job — for example `100` */
      readonly size?: number;
      /** The share of a queue with fair-share scheduling — for example `"nightly"` */
      readonly share?: string;
    }
  | {
      /** The running cluster that gets the step — for example `"j-123456789ABCD"` */
      readonly 'emr-step': string;
      /** The command that the cluster runs, or the arguments of `jar`; values may be expressions — for example `["spark-submit","s3://code/load.py","--day","{% $params.day %}"]` */
      readonly args?: readonly Json[];
      /** The JAR of the step; command-runner.jar, which runs a command, by default — for example `"s3://code/load.jar"` */
      readonly jar?: string;
      /** The main class of `jar`; the one that the JAR names by default — for example `"com.example.Load"` */
      readonly main?: string;
      /** What EMR does with the cluster if the step fails; CONTINUE by default */
      readonly onFailure?: 'CONTINUE' | 'CANCEL_AND_WAIT' | 'TERMINATE_CLUSTER';
    }
  | {
      /** the name or the ARN of a Lambda function — for example `"rates"` */
      readonly lambda: string;
      /** What the function is invoked with; may be expressions — for example `{"day":"{% $params.day %}"}` */
      readonly args?: { readonly [name: string]: Json };
    }
  | {
      /** a service and its action, as in `glue:getTable` — for example `"glue:getTable"` */
      readonly aws: string;
      /** Parameters of the action; may be expressions — for example `{"Message":"done","TopicArn":"arn:aws:sns:eu-west-1:111122223333:news"}` */
      readonly args?: { readonly [name: string]: Json };
      /** What the state machine may call the action on — for example `["arn:aws:sns:eu-west-1:111122223333:news"]` */
      readonly resources?: readonly string[];
      /** Why the action needs any resource — for example `"the action has no resources"` */
      readonly reason?: string;
    }
  | {
      /** What is waited for: an object in S3, a partition of a table, a dataset that a task publishes, or an address — for example `{"object":"s3://landing/orders/_SUCCESS"}` */
      readonly sensor: {
        /** the address of an object, or of a folder, or an expression that makes one — for example `"s3://landing/orders/_SUCCESS"` */
        readonly object: string;
      } | {
        /** a dataset name of letters, digits, `_`, `-` and `.` that begins with a letter — for example `"orders"` */
        readonly dataset: string;
        /** The interval that it is published for; where nothing is said, it is for none — for example `"{% $params.full %}"` */
        readonly interval?: Expression;
      } | {
        /** a table of the Data Catalog, DATABASE.TABLE — for example `"sales.orders"` */
        readonly partition: string;
        /** The value of each partition key, in the order of the table; may be expressions — for example `["2026","{% $substring($interval.start, 5, 2) %}"]` */
        readonly values: readonly string[];
      } | {
        /** an address such as https://example.com/ready, or an expression that makes one — for example `"https://example.com/ready"` */
        readonly url: string;
      };
      /** The time from one look to the next, a minute at least; 1m by default — for example `"90s"` */
      readonly every?: Duration;
    }
  | {
      /** The task definition, with its revision or without — for example `"dbt"` */
      readonly ecs: string;
      /** The cluster that the task runs on; `default` by default — for example `"etl"` */
      readonly cluster?: string;
      /** The container that gets `command` and `env`, and whose exit code decides; the definition’s name by default — for example `"dbt"` */
      readonly container?: string;
      /** The container’s command; may be expressions — for example `["python","load.py","{% $params.day %}"]` */
      readonly command?: readonly Json[];
      /** Environment variables of the container; may be expressions — for example `{"DAY":"{% $params.day %}"}` */
      readonly env?: { readonly [name: string]: Json };
      /** Where the task gets its network interface; Fargate needs it — for example `"subnet-0a1b2c3d"` */
      readonly subnets?: string | readonly string[];
      /** The security groups of that interface; those of the VPC by default — for example `"sg-0a1b2c3d"` */
      readonly securityGroups?: string | readonly string[];
      /** true: the interface has a public address */
      readonly publicIp?: boolean;
      /** What it runs on; FARGATE by default */
      readonly launchType?: 'FARGATE' | 'EC2' | 'EXTERNAL';
      /** The capacity provider that it runs on, such as FARGATE_SPOT; replaces `launchType` — for example `"FARGATE_SPOT"` */
      readonly capacityProvider?: string;
      /** The roles in the task definition, which Gluewright passes to ECS — for example `"loader-task"` */
      readonly roles?: string | readonly string[];
    }
  | {
      /** One statement of SQL, or several that run as one transaction — for example `"VACUUM sales.orders"` */
      readonly redshift: string | readonly string[];
      /** A database of the cluster or workgroup — for example `"dev"` */
      readonly database: string;
      /** The cluster that runs the statements — for example `"dwh"` */
      readonly cluster?: string;
      /** The workgroup of Redshift Serverless that runs the statements — for example `"analytics"` */
      readonly workgroup?: string;
      /** The secret with the user and its password; temporary credentials by default — for example `"dwh/etl"` */
      readonly secret?: string;
      /** The database user for temporary credentials of a cluster — for example `"etl"` */
      readonly user?: string;
      /** Values for the parameters `:name` of the statements; may be expressions — for example `{"day":"{% $params.day %}"}` */
      readonly args?: { readonly [name: string]: Json };
    };
