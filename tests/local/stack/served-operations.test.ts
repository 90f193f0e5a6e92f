import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

const hasBoto = spawnSync('python3', ['-c', 'import boto3']).status === 0;

/** Makes every call that a job may make, and writes the answers to the file in the first argument. */
const script = `
import base64, boto3, json, sys
from awsglue.utils import getResolvedOptions
from botocore.exceptions import ClientError

print("ERROR one of them")
print("all is well", flush=True)
args = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID", "JOB_RUN_ID", "found"])
client = lambda name: boto3.client(name, region_name="eu-west-1")
found = {}

def code(act):
    try:
        act()
        return "none"
    except ClientError as error:
        return error.response["Error"]["Code"]

glue = client("glue")
run = {"Name": args["WORKFLOW_NAME"], "RunId": args["WORKFLOW_RUN_ID"]}
first = glue.get_workflow_run_properties(**run)["RunProperties"]
glue.put_workflow_run_properties(**run, RunProperties={"rows": "7", "day": "later"})
found["properties"] = [first, glue.get_workflow_run_properties(**run)["RunProperties"]]
found["no such run"] = code(lambda: glue.get_workflow_run_properties(Name="orders", RunId="none"))

functions = client("lambda")
names = [one["FunctionName"] for one in functions.list_functions()["Functions"]]
found["functions"] = [name for name in names if name in ("local-reconcile", "local-on-objects")]
answer = functions.invoke(FunctionName="local-reconcile", Payload=b"{}")
found["invoked"] = [answer["StatusCode"], "FunctionError" in answer]
broken = functions.invoke(FunctionName="local-start-task", Payload=b'{"x": 1}')
found["broken"] = [broken["FunctionError"], sorted(json.loads(broken["Payload"].read()))]
found["event"] = functions.invoke(FunctionName="local-reconcile", InvocationType="Event", Payload=b"{}")["StatusCode"]
found["no function"] = code(lambda: functions.invoke(FunctionName="mine"))
found["not served"] = [code(lambda: functions.list_layers()), code(lambda: client("athena").list_work_groups()),
    code(lambda: client("sns").list_topics()), code(lambda: client("logs").delete_log_group(logGroupName="x"))]

scheduler = client("scheduler")
found["schedules"] = [one["Name"] for one in scheduler.list_schedules()["Schedules"]]
found["schedule"] = scheduler.get_schedule(Name="orders.nightly", GroupName="local")["ScheduleExpression"]
found["groups"] = [one["Name"] for one in scheduler.list_schedule_groups()["ScheduleGroups"]]

events = client("events")
rules = {one["Name"]: one for one in events.list_rules()["Rules"]}
found["rules"] = json.loads(rules["objects"]["EventPattern"])["source"]
found["rule"] = events.describe_rule(Name="objects")["State"]

logs = client("logs")
groups = [one["logGroupName"] for one in logs.describe_log_groups(logGroupNamePrefix="/aws-glue/python-jobs")["logGroups"]]
found["groups of logs"] = groups
group = "/aws-glue/python-jobs/output"
found["streams"] = [one["logStreamName"] == args["JOB_RUN_ID"] for one in logs.describe_log_streams(logGroupName=group)["logStreams"]]
pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, filterPattern="ERROR")
found["errors"] = [event["message"] for page in pages for event in page["events"]]
first = logs.filter_log_events(logGroupName=group)["events"]
print("and more", flush=True)
after = logs.filter_log_events(logGroupName=group, startTime=first[-1]["timestamp"] + 1)["events"]
seen = {event["eventId"] for event in first}
found["tail"] = [event["message"] for event in after if event["eventId"] not in seen]
page = logs.get_log_events(logGroupName=group, logStreamName=args["JOB_RUN_ID"], startFromHead=True, limit=2)
rest = logs.get_log_events(logGroupName=group, logStreamName=args["JOB_RUN_ID"], startFromHead=True, nextToken=page["nextForwardToken"])
found["pages"] = [[event["message"] for event in one["events"]] for one in (page, rest)]
entries = logs.filter_log_events(logGroupName="/aws/lambda/local-on-objects")["events"]
found["function logged"] = len(entries) > 0 and "message" in json.loads(entries[0]["message"])
found["no group"] = code(lambda: logs.describe_log_streams(logGroupName="/none"))
found["no pattern"] = code(lambda: logs.filter_log_events(logGroupName=group, filterPattern="{ $.x = 1 }"))

s3 = client("s3")
s3.put_object(Bucket="landing", Key="kept/a.json", Body=b"{}", Metadata={"owner": "me"}, ContentType="application/json")
head = s3.head_object(Bucket="landing", Key="kept/a.json")
found["object"] = [head["Metadata"], head["ContentType"]]
s3.put_object(Bucket="landing", Key="kept/folder/")
found["keys"] = [one["Key"] for one in s3.list_objects_v2(Bucket="landing", Prefix="kept/")["Contents"]]
with open(args["found"], "w") as file:
    json.dump(found, file)
`;

describe('the AWS that boto3 offers to a job', () => {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'served-'));
  beforeEach((context) => {
    if (!hasBoto) context.skip('python3 has no boto3');
  });
  afterAll(() => fs.rmSync(home, { recursive: true }));

  test('is Glue, Lambda, Scheduler, EventBridge, CloudWatch Logs and S3; anything else is rejected by name', async () => {
    const file = path.join(home, 'found.json');
    fs.writeFileSync(path.join(home, 'ask.py'), script);
    const text = `
pipeline: orders
params: { day: { type: date, default: "2026-11-22" }, count: { type: integer, default: 3 } }
triggers:
  arrivals: { s3: { bucket: landing, key: "orders/{day}.csv" } }
  nightly: { schedule: cron(0 3 * * ? *) }
tasks:
  ask:
    glue-job: ask
    args: { WORKFLOW_NAME: "{% $run.pipeline %}", WORKFLOW_RUN_ID: "{% $run.id %}", found: "${file}" }
`;
    const pipeline = pipelineFrom(text);
    const runtime = await openRuntime({
      home: path.join(home, '.gluewright'),
      root: home,
      clock: createRealClock(),
      pipelines: [pipeline],
      jobs: { ask: { name: 'ask', type: 'pythonshell', script: 'ask.py', args: {}, maxConcurrentRuns: 1 } },
    });
    try {
      runtime.s3.put('landing', 'orders/2026-11-21.csv', new Uint8Array());
      const ended = async () => {
        const { JobRuns = [] } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName: 'ask' }));
        return JobRuns[0] === undefined ? '' : `${JobRuns[0].JobRunState} ${JobRuns[0].ErrorMessage ?? ''}`;
      };
      await expect.poll(ended, { timeout: 100_000, interval: 100 }).toMatch(/SUCCEEDED|FAILED/);
      expect(await ended()).toBe('SUCCEEDED ');
      expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual({
        properties: [
          { day: '2026-11-21', count: '3' },
          { day: 'later', count: '3', rows: '7' },
        ],
        'no such run': 'EntityNotFoundException',
        functions: ['local-on-objects', 'local-reconcile'],
        invoked: [200, false],
        broken: ['Unhandled', ['errorMessage', 'errorType']],
        event: 202,
        'no function': 'ResourceNotFoundException',
        'not served': ['NotImplemented', 'UnknownOperationException', 'InvalidAction', 'UnknownOperationException'],
        schedules: ['orders.nightly'],
        schedule: 'cron(0 3 * * ? *)',
        groups: ['local'],
        rules: ['aws.s3'],
        rule: 'ENABLED',
        'groups of logs': ['/aws-glue/python-jobs/error', '/aws-glue/python-jobs/output'],
        streams: [true],
        errors: ['ERROR one of them'],
        tail: ['and more'],
        pages: [['ERROR one of them', 'all is well'], ['and more']],
        'function logged': true,
        'no group': 'ResourceNotFoundException',
        'no pattern': 'InvalidParameterException',
        object: [{ owner: 'me' }, 'application/json'],
        keys: ['kept/a.json', 'kept/folder/'],
      });
    } finally {
      await runtime.close();
    }
  }, 120_000);
});
