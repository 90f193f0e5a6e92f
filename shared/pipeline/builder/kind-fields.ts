// Written by `npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u` from the schema of the pipeline file.
import type { Json } from '../../json.ts';
import type { Duration, Expression } from './builder-texts.ts';

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
