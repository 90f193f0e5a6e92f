import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateCrawlerCommand, CreateDatabaseCommand, CreateJobCommand } from '@aws-sdk/client-glue';
import {
  BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../shared/json.ts';
import { failureOf } from '../shared/services/service-error.ts';
import type { Account, Leftover, ThrowAwayJob } from './account.ts';
import type { AwsClients } from './aws-clients.ts';
import { createCleanUp } from './clean-up.ts';
import {
  ifThere,
  removeBucket,
  removeCrawler,
  removeDatabase,
  removeJob,
  removeMachine,
  removeRule,
} from './removals.ts';
import { ruleName, targetId, watchEvents } from './watch-events.ts';

export type AwsAccountOptions = {
  readonly clients: AwsClients;
  readonly region: string;
  /** Also the bucket's name: lower-case letters, digits and `-`, at most 63. */
  readonly prefix: string;
  /** The ARN of a role that Glue, Step Functions and EventBridge assume: see `docs/verify-account.md`. */
  readonly role: string;
  /** Absent: no crawler is checked. */
  readonly crawlerRole?: string;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** A new role or rule takes a moment to work everywhere. */
const ruleMilliseconds = 60_000;

const script = `import sys, time
does = sys.argv[sys.argv.index("--does") + 1]
if does == "fails":
    raise RuntimeError("asked to fail")
if does == "lasts":
    time.sleep(900)
`;

/** The account could not be prepared, so nothing was checked. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
  readonly leftovers: readonly Leftover[];

  constructor(leftovers: readonly Leftover[], cause: unknown) {
    super(failureOf(cause).reason, { cause });
    this.leftovers = leftovers;
  }
}

/**
 * A real account. It first makes a bucket, a rule, and a machine that keeps the rule's events. `cleanUp` removes them, too.
 *
 * @throws {NotPrepared}
 */
export async function openAwsAccount(options: AwsAccountOptions): Promise<Account> {
  const { clients, prefix, role, region, crawlerRole } = options;
  const { glue, once, sfn, s3 } = clients;
  const [, partition = 'aws', accountId = ''] = /^arn:([^:]+):iam::(\d{12}):role\//.exec(role) ?? [];
  const cleanUp = createCleanUp();
  const scriptKey = 'verify.py';
  let offset = 0;

  async function makeMachine(name: string, definition: JsonObject): Promise<string> {
    const full = `${prefix}-${name}`;
    const arn = `arn:${partition}:states:${region}:${accountId}:stateMachine:${full}`;
    cleanUp.add(`state machine ${full}`, () => ifThere(() => removeMachine(clients, arn)));
    await sfn.send(
      new CreateStateMachineCommand({ name: full, definition: JSON.stringify(definition), roleArn: role }),
    );
    return arn;
  }

  async function makeBucket(): Promise<void> {
    cleanUp.add(`bucket ${prefix}`, () => ifThere(() => removeBucket(clients, prefix)));
    await s3.send(new CreateBucketCommand({ Bucket: prefix, ...placeOf(region) }));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: prefix, NotificationConfiguration }));
    await s3.send(new PutObjectCommand({ Bucket: prefix, Key: scriptKey, Body: script }));
  }

  /** Sets the clock by the service's time, because this machine's may differ. */
  async function setClock(machine: string): Promise<void> {
    const before = options.clock();
    const { startDate } = await sfn.send(new StartExecutionCommand({ stateMachineArn: machine, input: 'null' }));
    if (startDate !== undefined) offset = startDate.getTime() - (before + options.clock()) / 2;
  }

  async function prepare() {
    await makeBucket();
    const machine = await makeMachine('events', { StartAt: 'Seen', States: { Seen: { Type: 'Succeed' } } });
    const rule = ruleName(prefix);
    cleanUp.add(`rule ${rule}`, () => ifThere(() => removeRule(clients, rule, targetId)));
    const events = await watchEvents(clients, { prefix, machine, role });
    await setClock(machine);
    await options.sleep(ruleMilliseconds);
    return events;
  }

  async function makeJob({ name, does, ...job }: ThrowAwayJob): Promise<string> {
    const Name = `${prefix}-${name}`;
    cleanUp.add(`job ${Name}`, () => ifThere(() => removeJob(clients, Name)));
    await glue.send(
      new CreateJobCommand({
        Name,
        Role: role,
        Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: `s3://${prefix}/${scriptKey}` },
        MaxCapacity: 0.0625,
        MaxRetries: job.maxRetries ?? 0,
        Timeout: job.timeoutMinutes ?? 10,
        ExecutionProperty: { MaxConcurrentRuns: job.maxConcurrentRuns },
        DefaultArguments: { '--does': does },
      }),
    );
    return Name;
  }

  async function makeCrawler(bucket: string): Promise<string> {
    const Name = `${prefix}-crawler`;
    const DatabaseName = prefix.replaceAll('-', '_');
    cleanUp.add(`database ${DatabaseName}`, () => ifThere(() => removeDatabase(clients, DatabaseName)));
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
    cleanUp.add(`crawler ${Name}`, () => ifThere(() => removeCrawler(clients, Name)));
    const Targets = { S3Targets: [{ Path: `s3://${bucket}/crawled/` }] };
    await glue.send(new CreateCrawlerCommand({ Name, Role: crawlerRole, DatabaseName, Targets }));
    return Name;
  }

  async function failedRuns(dimensions: Readonly<Record<string, string>>): Promise<number> {
    const { Datapoints = [] } = await clients.metrics.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/States',
        MetricName: 'ExecutionsFailed',
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(options.clock() + offset - 3 * 3_600_000),
        EndTime: new Date(options.clock() + offset + 60_000),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  }

  async function close() {
    const left = await cleanUp.run();
    // no client of another service was made here
    for (const client of [clients.sfn, clients.glue, clients.events, clients.s3, clients.metrics]) client.destroy();
    return left;
  }

  let events: Account['events'];
  try {
    events = await prepare();
  } catch (error) {
    throw new NotPrepared(await close(), error);
  }
  return {
    glue,
    once,
    sfn,
    s3,
    prefix,
    lacks: {
      ...(crawlerRole === undefined && { crawlers: 'no --crawler-role was given' }),
      'data quality': 'it needs a table of yours, and no task kind reads this event yet',
    },
    now: () => options.clock() + offset,
    wait: options.sleep,
    makeJob,
    makeMachine,
    makeBucket: async () => prefix,
    makeCrawler,
    failedRuns,
    events,
    cleanUp: close,
  };
}

/** us-east-1 is not a location constraint: S3 refuses it as one. */
function placeOf(region: string) {
  const LocationConstraint = Object.values(BucketLocationConstraint).find((each) => each === region);
  return LocationConstraint === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}
