import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { createVirtualClock, type VirtualClock } from '../../local/clock/virtual-clock.ts';
import type { DeliveryFaults } from '../../local/events/bus.ts';
import type { Event } from '../../local/events/event.ts';
import { HomeInUse } from '../../local/home/home-lock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { stackNames } from '../../local/stack/account.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const start = Date.UTC(2026, 10, 22, 3);

const orders = pipelineFrom(`
pipeline: orders
params:
  day: { type: date }
triggers:
  arrivals: { s3: { bucket: landing, key: "orders/{day}/_SUCCESS" } }
tasks:
  extract: { glue-job: extract, args: { day: "{% $params.day %}" } }
  report: { glue-job: report, after: extract, args: { rows: "{% $tasks.extract.output.rows %}" } }
`);

const extract: Job = { name: 'extract', type: 'glueetl', args: {}, maxConcurrentRuns: 1 };
const jobs: Record<string, Job> = { extract, report: { ...extract, name: 'report' } };

const machine = (runtime: Runtime) => runtime.system.catalog.byName('orders')?.stateMachineArn ?? '';

async function runsOf(runtime: Runtime): Promise<ExecutionListItem[]> {
  const { executions = [] } = await runtime.clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: machine(runtime) }),
  );
  return executions;
}

describe('the embedded runtime, simulating', () => {
  const surprises: unknown[] = [];
  let runtime: Runtime;
  let clock: VirtualClock;
  afterEach(async () => {
    await runtime.close();
    expect(surprises.splice(0)).toEqual([]);
  });

  async function open(options: Partial<RuntimeOptions> = {}): Promise<void> {
    clock = createVirtualClock(start);
    runtime = await openRuntime({
      home: ':memory:',
      clock,
      pipelines: [orders],
      jobs,
      simulate: () => ({ seconds: 60, output: { rows: 5 } }),
      onSurprise: (error) => surprises.push(error),
      ...options,
    });
    runtime.s3.put('landing', 'orders/2026-11-21/_SUCCESS', new Uint8Array());
  }

  const minutes = (count: number) => clock.run(() => clock.now() >= start + count * 60_000);

  test('ends a batch on the second despite duplicates, and passes its objects to one run', async () => {
    const batched = pipelineFrom(`
pipeline: orders
params: { day: { type: date } }
triggers: { files: { s3: { bucket: landing, key: "orders/{day}/*" }, batch: { quiet: 10s, window: 5m } } }
tasks: { extract: { glue-job: extract, args: { count: "{% $count($run.trigger.objects) %}" } } }
`);
    await open({ pipelines: [batched], faults: { deliveries: (_, rule) => (rule === 'objects' ? [0, 7_000] : [0]) } });
    for (const name of ['a', 'b c+%20']) runtime.s3.put('landing', `orders/2026-11-21/${name}`, new Uint8Array(3));
    await minutes(5);
    const all = await runsOf(runtime);
    expect(all).toMatchObject([{ status: 'SUCCEEDED', startDate: new Date(start + 10_000) }]);
    const { JobRuns } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName: 'extract' }));
    expect(JobRuns).toMatchObject([{ Arguments: { '--count': '3' } }]);
  });

  test('starts a pipeline when its object arrives, and runs its jobs in order', async () => {
    const seen: unknown[] = [];
    await open({
      simulate(run) {
        seen.push([run.job.name, run.arguments['--day'], run.arguments['--rows']]);
        return { seconds: 60, output: { rows: 5 } };
      },
    });
    await minutes(5);
    expect(await runsOf(runtime)).toMatchObject([{ status: 'SUCCEEDED', stopDate: new Date(start + 120_000) }]);
    expect(seen).toEqual([
      ['extract', '2026-11-21', undefined],
      ['report', undefined, '5'],
    ]);
    expect(runtime.bus.deadLetters()).toEqual([]);
  });

  test('accepts a new deployment: running executions keep their definitions, new ones use the new definition', async () => {
    const started: string[] = [];
    await open({ simulate: ({ job }) => ({ seconds: started.push(job.name) > 0 ? 60 : 0, output: { rows: 5 } }) });
    await minutes(0.5);
    const added = pipelineFrom(`
pipeline: added
triggers: { files: { s3: { bucket: other, key: "*" } }, hourly: { schedule: "rate(1 hour)" } }
tasks: { load: { glue-job: load } }
`);
    const changed = pipelineFrom(`
pipeline: orders
params: { day: { type: date } }
triggers: { arrivals: { s3: { bucket: landing, key: "orders/{day}/_SUCCESS" } } }
tasks: { only: { glue-job: load } }
`);
    const load: Job = { name: 'load', type: 'glueetl', args: {}, maxConcurrentRuns: 5 };
    await runtime.deploy({ pipelines: [changed, added], jobs: { ...jobs, load } });
    runtime.s3.put('other', 'file', new Uint8Array());
    runtime.s3.put('landing', 'orders/2026-11-22/_SUCCESS', new Uint8Array());
    await minutes(5);
    expect((await runsOf(runtime)).map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(started.toSorted()).toEqual(['extract', 'load', 'load', 'report']);
    await minutes(65);
    expect(started).toHaveLength(5);
    await runtime.deploy({ pipelines: [changed], jobs });
    await minutes(200);
    expect(started).toHaveLength(5);
  });

  test('runs a hand-written machine: waits for a job, fails with it, and stops it with its execution', async () => {
    const task = (job: string) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Arguments: { JobName: job },
      Output: '{% $states.result.JobRunState %}',
      End: true,
    });
    const byHand = (job: string) => ({ QueryLanguage: 'JSONata', StartAt: 'Run', States: { Run: task(job) } });
    const definitions = ['good', 'bad', 'nothing'].map((job) => ({
      name: `by-hand-${job}`,
      definition: byHand(job),
    }));
    await open({
      jobs: Object.fromEntries(['good', 'bad'].map((name) => [name, { ...extract, name, maxConcurrentRuns: 2 }])),
      definitions,
      simulate: ({ job }) => ({ seconds: 60, state: job.name === 'bad' ? 'FAILED' : 'SUCCEEDED' }),
    });
    const { sfn, glue } = runtime.clients;
    const begin = async (job: string) => {
      const stateMachineArn = stackNames('local').machineArn(`by-hand-${job}`);
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      return executionArn;
    };
    const arns = await Promise.all(['good', 'bad', 'nothing', 'good'].map(begin));
    await minutes(0.5);
    await sfn.send(new StopExecutionCommand({ executionArn: arns[3] }));
    await minutes(3);
    const ends = await Promise.all(
      arns.map((executionArn) => sfn.send(new DescribeExecutionCommand({ executionArn }))),
    );
    expect(ends).toMatchObject([
      { status: 'SUCCEEDED', output: '"SUCCEEDED"' },
      { status: 'FAILED', error: 'States.TaskFailed', cause: expect.stringContaining('"JobRunState":"FAILED"') },
      { status: 'FAILED', error: 'Glue.EntityNotFoundException' },
      { status: 'ABORTED' },
    ]);
    const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName: 'good' }));
    expect(JobRuns.map(({ JobRunState }) => JobRunState).toSorted()).toEqual(['STOPPED', 'SUCCEEDED']);
  });

  test('starts nothing for an object that no trigger names', async () => {
    await open();
    runtime.s3.put('landing', 'orders/not-a-day/_SUCCESS', new Uint8Array());
    runtime.s3.put('landing', 'elsewhere', new Uint8Array());
    await minutes(5);
    expect(await runsOf(runtime)).toHaveLength(1);
  });

  test('ends a run FAILED when a job fails', async () => {
    await open({ simulate: () => ({ seconds: 30, state: 'FAILED', errorMessage: 'no such table' }) });
    await minutes(5);
    expect(await runsOf(runtime)).toMatchObject([{ status: 'FAILED', stopDate: new Date(start + 30_000) }]);
  });

  test('stops the jobs of a stopped run', async () => {
    await open({ simulate: () => ({ seconds: 3_600 }) });
    await minutes(1);
    const [run] = await runsOf(runtime);
    await runtime.clients.sfn.send(new StopExecutionCommand({ executionArn: run?.executionArn }));
    await minutes(5);
    const { JobRuns } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName: 'extract' }));
    expect(JobRuns).toMatchObject([{ JobRunState: 'STOPPED' }]);
  });

  const jobEvents = (deliveries: readonly number[]) => (_: Event, rule: string) =>
    rule === 'glue-job-state' ? deliveries : [0];
  const deliveries: [string, DeliveryFaults, number][] = [
    ['lost', jobEvents([]), 4 * 60],
    ['doubled', jobEvents([0, 0]), 2 * 60],
    ['late', jobEvents([20_000]), 2 * 60 + 40],
    ['of S3 doubled', (_, rule) => (rule === 'objects' ? [0, 90_000] : [0]), 2 * 60],
  ];
  test.each(deliveries)('reaches the same end when events are %s', async (_name, faults, mostSeconds) => {
    await open({ faults: { deliveries: faults } });
    await minutes(15);
    const all = await runsOf(runtime);
    expect(all).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(Number(all[0]?.stopDate)).toBeLessThanOrEqual(start + mostSeconds * 1_000);
    for (const JobName of ['extract', 'report']) {
      const { JobRuns } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName }));
      expect(JobRuns).toHaveLength(1);
    }
  });

  test.each([true, false])(
    'starts a job once though its start was throttled, after its effect: %s',
    async (afterEffect) => {
      let left = 1;
      await open({
        faults: {
          calls: (_, operation) =>
            operation === 'StartJobRun' && left-- > 0
              ? { error: afterEffect ? 'InternalServiceException' : 'ThrottlingException', afterEffect }
              : undefined,
        },
      });
      await minutes(30);
      expect(await runsOf(runtime)).toMatchObject([{ status: 'SUCCEEDED' }]);
      const { JobRuns } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName: 'extract' }));
      expect(JobRuns).toHaveLength(1);
    },
  );
});

describe('the embedded runtime, with a home', () => {
  let home: string;
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(tmpdir(), 'runtime-'));
  });
  afterEach(() => fs.rmSync(home, { recursive: true }));

  const script = `import json, os, sys, time
args = dict(zip((a[2:] for a in sys.argv[1::2]), sys.argv[2::2]))
print(args['JOB_NAME'], args.get('day', args.get('rows')))
while 'hold' in os.listdir('.') and args['JOB_NAME'] == 'extract': time.sleep(0.02)
json.dump({'rows': 7}, open(args['gluewright_output'], 'w'))
`;
  function open(): Promise<Runtime> {
    fs.writeFileSync(path.join(home, 'job.py'), script);
    const scripted = Object.entries(jobs).map(([name, job]) => [
      name,
      { ...job, script: 'job.py', local: { paths: true } },
    ]);
    return openRuntime({ home, clock: createRealClock(), pipelines: [orders], jobs: Object.fromEntries(scripted) });
  }

  function drop(key: string): void {
    const file = path.join(home, 's3/landing', key);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, '');
  }

  /** Resolves with the detail of the first event that matches. */
  function event(runtime: Runtime, pattern: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      runtime.bus.addRule({ name: 'test', pattern, target: async ({ detail }) => resolve(detail) });
    });
  }
  const ending = { source: ['aws.states'], detail: { status: [{ 'anything-but': 'RUNNING' }] } };

  test('runs processes when a file is dropped, and keeps their output', async () => {
    const runtime = await open();
    drop('orders/2026-11-21/_SUCCESS');
    expect(await event(runtime, ending)).toMatchObject({ status: 'SUCCEEDED' });
    const said: string[] = [];
    for (const JobName of ['extract', 'report']) {
      const { JobRuns = [] } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName }));
      for (const { Id = '' } of JobRuns) said.push(fs.readFileSync(runtime.runFolder(Id)?.output ?? '', 'utf8'));
    }
    expect(said).toEqual(['extract 2026-11-21\n', 'report 7\n']);
    await runtime.close();
  });

  test('continues after a restart with jobs that ran and files that arrived meanwhile', async () => {
    fs.writeFileSync(path.join(home, 'hold'), '');
    const before = await open();
    drop('orders/2026-11-21/_SUCCESS');
    await event(before, { source: ['aws.states'], detail: { status: ['RUNNING'] } });
    await before.close();
    fs.rmSync(path.join(home, 'hold'));
    drop('orders/2026-11-22/_SUCCESS');

    const after = await open();
    const ends: unknown[] = [];
    await new Promise<void>((resolve) => {
      const target = async ({ detail }: Event) => void (ends.push(detail) === 2 && resolve());
      after.bus.addRule({ name: 'test', pattern: ending, target });
    });
    expect(ends).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
    const { JobRuns } = await after.clients.glue.send(new GetJobRunsCommand({ JobName: 'extract' }));
    expect(JobRuns).toHaveLength(2);
    await after.close();
  });

  test('can be opened by one runtime at a time', async () => {
    const runtime = await open();
    await expect(open()).rejects.toThrow(HomeInUse);
    await runtime.close();
    await (await open()).close();
  });

  test('takes over the home of a dead owner', async () => {
    fs.writeFileSync(path.join(home, 'lock'), '999999999\n1\n');
    await (await open()).close();
  });
});
