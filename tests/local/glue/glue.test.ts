import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../../local/clock/virtual-clock.ts';
import type { EventEntry } from '../../../local/events/event.ts';
import { createGlue, type Glue } from '../../../local/glue/glue.ts';
import type { RunnerReport } from '../../../local/glue/job-runner.ts';
import { createSimulatedRunner, type Simulate } from '../../../local/glue/simulated-runner.ts';
import type { Job } from '../../../shared/pipeline/jobs/jobs-file.ts';

const start = Date.UTC(2026, 10, 22, 3);
const forever = () => false;

type World = {
  glue: Glue;
  clock: VirtualClock;
  database: DatabaseSync;
  events: unknown[];
  written: unknown[];
  restart: () => Glue;
};

function open(simulate: Simulate, job: Partial<Job> = {}, others: readonly Job[] = []): World {
  const clock = createVirtualClock(start);
  const database = new DatabaseSync(':memory:');
  const events: unknown[] = [];
  const written: unknown[] = [];
  const etl: Job = { name: 'etl', type: 'glueetl', args: { level: 'info' }, maxConcurrentRuns: 1, ...job };
  let ids = 0;
  const create = () =>
    createGlue({
      database,
      clock,
      uuid: () => (ids++).toString(16).padStart(32, '0'),
      jobs: new Map([etl, ...others].map((each) => [each.name, each])),
      runner: createSimulatedRunner({ clock, simulate, write: (...output) => written.push(output) }),
      emit: (entry: EventEntry) => events.push({ ...Object(entry.detail), at: (clock.now() - start) / 1_000 }),
    });
  const glue = create();
  const restart = () => {
    glue.close();
    const next = create();
    next.recover();
    return next;
  };
  return { glue, clock, database, events, written, restart };
}

async function call(glue: Glue, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const output = await glue.operations[operation]?.(input);
  return Object(output);
}

async function startRun(glue: Glue, input: object = {}): Promise<string> {
  return String((await call(glue, 'StartJobRun', { JobName: 'etl', ...input })).JobRunId);
}

async function runOf(glue: Glue, RunId: string): Promise<Record<string, unknown>> {
  return Object((await call(glue, 'GetJobRun', { JobName: 'etl', RunId })).JobRun);
}

describe('a disk that refuses for a while', () => {
  test('delays the records of job runs and the queue, but loses nothing', async () => {
    const { glue, clock, database, events } = open(() => ({ seconds: 60 }));
    const queued = { JobRunQueuingEnabled: true };
    const [first, second] = [await startRun(glue, queued), await startRun(glue, queued)];
    clock.at(start + 50_000, () => database.exec('PRAGMA query_only = ON'));
    clock.at(start + 90_500, () => database.exec('PRAGMA query_only = OFF'));
    await clock.run(forever);
    expect(events).toMatchObject([
      { jobRunId: first, state: 'SUCCEEDED', at: 91 },
      { jobRunId: second, state: 'SUCCEEDED', at: 151 },
    ]);
  });
});

describe('a job run', () => {
  test('runs for its duration, and ends with the documented event', async () => {
    const { glue, clock, events } = open(() => ({ seconds: 90, startupSeconds: 10 }));
    const id = await startRun(glue, { Arguments: { '--day': '2026-11-22' } });
    expect(id).toMatch(/^jr_[0-9a-f]{64}$/);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'STARTING', Arguments: { '--day': '2026-11-22' } });
    await clock.run(() => clock.now() > start);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'RUNNING' });
    await clock.run(forever);
    expect(await runOf(glue, id)).toMatchObject({
      JobRunState: 'SUCCEEDED',
      StartedOn: start / 1_000,
      CompletedOn: start / 1_000 + 100,
      ExecutionTime: 90,
      DPUSeconds: 900,
    });
    expect(events).toEqual([
      { jobName: 'etl', severity: 'INFO', state: 'SUCCEEDED', jobRunId: id, message: 'Job run succeeded', at: 100 },
    ]);
  });

  test('is simulated by its job, its arguments and its number', async () => {
    const seen: unknown[] = [];
    const { glue } = open(
      (run) => {
        seen.push([run.job.name, run.arguments, run.ordinal]);
        return { seconds: 1 };
      },
      { maxConcurrentRuns: 2 },
    );
    await startRun(glue, { Arguments: { '--level': 'debug' } });
    await startRun(glue);
    expect(seen).toEqual([
      ['etl', { '--level': 'debug' }, 1],
      ['etl', { '--level': 'info' }, 2],
    ]);
  });

  test('writes its output to the address in its arguments', async () => {
    const { glue, clock, written } = open(() => ({ seconds: 1, output: { rows: 3 } }));
    await startRun(glue, { Arguments: { '--gluewright_output': 's3://outputs/a.json' } });
    await clock.run(forever);
    expect(written).toEqual([['s3://outputs/a.json', { rows: 3 }]]);
  });

  const ends = [
    ['FAILED', 'ERROR', 'failed to execute with exception boom'],
    ['TIMEOUT', 'WARN', 'Job run timed out'],
    ['STOPPED', 'INFO', 'Job run stopped'],
  ] as const;
  test.each(ends)('that ends %s sends an event', async (state, severity, message) => {
    const { glue, clock, events } = open(() => ({ seconds: 1, state, errorMessage: 'boom' }));
    const id = await startRun(glue);
    await clock.run(forever);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: state });
    expect(events).toMatchObject([{ state, severity, message: expect.stringContaining(message) }]);
  });

  test('that ends in ERROR sends no event', async () => {
    const { glue, clock, events } = open(() => ({ seconds: 1, state: 'ERROR' }));
    const id = await startRun(glue);
    await clock.run(forever);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'ERROR' });
    expect(events).toEqual([]);
  });

  test('times out by the time since it started running', async () => {
    const { glue, clock, events } = open(() => ({ seconds: 3_600, startupSeconds: 30 }));
    const id = await startRun(glue, { Timeout: 2 });
    await clock.run(forever);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'TIMEOUT', ExecutionTime: 120 });
    expect(events).toMatchObject([{ state: 'TIMEOUT', at: 150 }]);
  });

  test('continues after a restart, and ends at the same time', async () => {
    const { glue, clock, events, restart } = open(() => ({ seconds: 100 }));
    await startRun(glue);
    await clock.run(() => true);
    clock.at(start + 40_000, () => restart());
    await clock.run(forever);
    expect(events).toMatchObject([{ state: 'SUCCEEDED', at: 100 }]);
  });
});

describe('stopping', () => {
  test('ends a run, and sends an event', async () => {
    const { glue, clock, events } = open(() => ({ seconds: 100 }));
    const id = await startRun(glue);
    expect(await call(glue, 'BatchStopJobRun', { JobName: 'etl', JobRunIds: [id, 'jr_none'] })).toMatchObject({
      SuccessfulSubmissions: [{ JobName: 'etl', JobRunId: id }],
      Errors: [{ JobRunId: 'jr_none', ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }],
    });
    await clock.run(forever);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'STOPPED' });
    expect(events).toMatchObject([{ state: 'STOPPED', at: 0 }]);
  });

  test('has no effect on an ended run', async () => {
    const { glue, clock } = open(() => ({ seconds: 1 }));
    const id = await startRun(glue);
    await clock.run(forever);
    const answer = await call(glue, 'BatchStopJobRun', { JobName: 'etl', JobRunIds: [id] });
    expect(answer).toMatchObject({ SuccessfulSubmissions: [], Errors: [{ JobRunId: id }] });
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: 'SUCCEEDED' });
  });
});

describe('the concurrency of a job', () => {
  test('is limited, and an ended run frees a slot', async () => {
    const { glue, clock } = open(() => ({ seconds: 10 }));
    await startRun(glue);
    await expect(startRun(glue)).rejects.toThrow(expect.objectContaining({ name: 'ConcurrentRunsExceededException' }));
    await clock.run(forever);
    await startRun(glue);
  });

  test('counts the runs that an earlier process left open, even before they resume', async () => {
    const { glue, restart } = open(() => ({ seconds: 10 }));
    await startRun(glue);
    await expect(startRun(restart())).rejects.toThrow(
      expect.objectContaining({ name: 'ConcurrentRunsExceededException' }),
    );
  });

  test('queues runs that allow it, in order, and queueing is not execution time', async () => {
    const { glue, clock, events, restart } = open(() => ({ seconds: 10 }));
    const ids = [await startRun(glue)];
    for (let n = 0; n < 3; n++) ids.push(await startRun(glue, { JobRunQueuingEnabled: true }));
    const [first, second, third, fourth] = ids;
    expect(await runOf(glue, String(second))).toMatchObject({ JobRunState: 'WAITING' });
    await call(glue, 'BatchStopJobRun', { JobName: 'etl', JobRunIds: [third] });
    const after = restart();
    await clock.run(forever);
    expect(events).toMatchObject([
      { jobRunId: third, state: 'STOPPED', at: 0 },
      { jobRunId: first, at: 10 },
      { jobRunId: second, at: 20 },
      { jobRunId: fourth, at: 30 },
    ]);
    expect(await runOf(after, String(fourth))).toMatchObject({ ExecutionTime: 10, StartedOn: start / 1_000 });
  });
});

describe('reading', () => {
  test('lists the runs of a job by page, newest first', async () => {
    const { glue } = open(() => ({ seconds: 1 }), { maxConcurrentRuns: 10 });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift(await startRun(glue));
    const listed: unknown[] = [];
    let NextToken: unknown;
    do {
      const page = await call(glue, 'GetJobRuns', {
        JobName: 'etl',
        MaxResults: 2,
        ...(NextToken ? { NextToken } : {}),
      });
      listed.push(...Object(page.JobRuns).map((run: { Id: string }) => run.Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(listed).toEqual(ids);
  });

  test('returns a job as the file describes it', async () => {
    const { glue } = open(() => ({ seconds: 1 }), { script: 'jobs/etl.py', workers: { type: 'G.2X', count: 3 } });
    expect(await call(glue, 'GetJob', { JobName: 'etl' })).toMatchObject({
      Job: {
        Name: 'etl',
        Command: { Name: 'glueetl', ScriptLocation: 'jobs/etl.py' },
        DefaultArguments: { '--level': 'info' },
        MaxRetries: 0,
        MaxCapacity: 6,
        ExecutionProperty: { MaxConcurrentRuns: 1 },
      },
    });
    expect(await call(glue, 'GetJobs', {})).toMatchObject({ Jobs: [{ Name: 'etl' }] });
  });

  test('lists jobs by page, in file order', async () => {
    const others = ['b', 'a'].map((name): Job => ({ name, type: 'glueetl', args: {}, maxConcurrentRuns: 1 }));
    const { glue } = open(() => ({ seconds: 1 }), {}, others);
    const { NextToken, Jobs } = await call(glue, 'GetJobs', { MaxResults: 2 });
    expect(Jobs).toMatchObject([{ Name: 'etl' }, { Name: 'b' }]);
    const rest = await call(glue, 'GetJobs', { MaxResults: 2, NextToken });
    expect(rest).toEqual({ Jobs: [expect.objectContaining({ Name: 'a' })] });
    expect(await call(glue, 'ListJobs', { MaxResults: 3 })).toEqual({ JobNames: ['etl', 'b', 'a'] });
  });

  const refused: [string, string, unknown, string][] = [
    ['a missing job', 'StartJobRun', { JobName: 'none' }, 'EntityNotFoundException'],
    ['a missing run', 'GetJobRun', { JobName: 'etl', RunId: 'jr_0' }, 'EntityNotFoundException'],
    ['a page size of 0', 'GetJobs', { MaxResults: 0 }, 'InvalidInputException'],
    ['an invalid token', 'ListJobs', { NextToken: 'x' }, 'InvalidInputException'],
    ['no name', 'StartJobRun', {}, 'InvalidInputException'],
    ['a timeout of 0 minutes', 'StartJobRun', { JobName: 'etl', Timeout: 0 }, 'InvalidInputException'],
    [
      'an argument that is no text',
      'StartJobRun',
      { JobName: 'etl', Arguments: { '--n': 1 } },
      'InvalidInputException',
    ],
    [
      'more than 260 KB of arguments',
      'StartJobRun',
      { JobName: 'etl', Arguments: { '--n': 'x'.repeat(270_000) } },
      'InvalidInputException',
    ],
    ['another list’s token', 'GetJobRuns', { JobName: 'etl', NextToken: 'x' }, 'InvalidInputException'],
  ];
  test.each(refused)('%s is rejected', async (_name, operation, input, error) => {
    const { glue } = open(() => ({ seconds: 1 }));
    await expect(call(glue, operation, input)).rejects.toThrow(expect.objectContaining({ name: error }));
  });
});

test.each([
  ['at the recorded time', 60_000, start / 1_000 + 60],
  ['no earlier than its start', -60_000, start / 1_000],
])('a job run that ended unobserved is %s', async (_, after, expected) => {
  let told: (report: RunnerReport) => void = () => undefined;
  const clock = createVirtualClock(start);
  const nothing = () => undefined;
  const run = (_: unknown, report: (report: RunnerReport) => void) => {
    told = report;
  };
  const glue = createGlue({
    database: new DatabaseSync(':memory:'),
    clock,
    uuid: () => '0'.repeat(32),
    jobs: new Map([['etl', { name: 'etl', type: 'glueetl', args: {}, maxConcurrentRuns: 1 }]]),
    runner: { run, stop: nothing, look: nothing, close: nothing },
    emit: nothing,
  });
  const id = await startRun(glue);
  const later = clock.now() + 3_600_000;
  clock.at(later, () => {
    told({ is: 'running' });
    told({ is: 'ended', state: 'SUCCEEDED', at: start + after });
  });
  await clock.run(() => clock.now() > later);
  expect((await runOf(glue, id)).CompletedOn).toBe(expected);
});
