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
  /** Also valid for a bucket: letters, digits and `-`, at most 63. */
  readonly prefix: string;
  /** ARN of the role that Glue, Step Functions and EventBridge assume: see `docs/verify-account.md`. */
  readonly role: string;
  /** Absent: crawlers are not checked. */
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

/** Nothing could be checked. Lists what could not be removed. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
  readonly leftovers: readonly Leftover[];

  constructor(leftovers: readonly Leftover[], cause: unknown) {
    super(failureOf(cause).reason, { cause });
    this.leftovers = leftovers;
  }
}

/**
 * A real account. Its own bucket, rule and machine, which keep events, are removed with the rest.
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

  /** Times are compared with the service's clock, not this machine's. */
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

  async function close() {
    const left = await cleanUp.run();
    // other services' roles were never made here
    for (const client of [clients.sfn, clients.glue, clients.events, clients.s3]) client.destroy();
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
    events,
    cleanUp: close,
  };
}

/** us-east-1 is refused as a location constraint. */
function placeOf(region: string) {
  const LocationConstraint = Object.values(BucketLocationConstraint).find((each) => each === region);
  return LocationConstraint === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}
