import { beforeEach, describe, expect, test } from 'vitest';
import type { StartTaskCall } from '../../../shared/protocol/read-call.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, pipelineOf, taskOf, World } from '../world/world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

async function call(token: string, changes: Partial<StartTaskCall> = {}): Promise<void> {
  await startTask(world.system, callOf(world.waitWith(token), changes));
}

/** The job run ends, and its event comes. */
async function end(id: string, state: 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED', message?: string): Promise<void> {
  world.glue.end(id, state, message);
  const { JobName = '' } = world.glue.runs.find((run) => run.Id === id) ?? {};
  await jobEnded(world.system, JobName, id, state);
}

const told = (token: string) => world.sfn.tokens.get(token);
const open = async () => (await world.open()).length;

describe('a job', () => {
  test('starts with its arguments, the stamp and its timeout rounded up to minutes', async () => {
    await call('t1', {
      timeout: 61,
      work: {
        kind: 'glue-job',
        job: 'extract',
        inject: true,
        args: { day: '2026-11-20', n: 3, deep: { a: [1] }, on: false },
      },
    });
    expect(world.glue.runs).toMatchObject([
      {
        JobName: 'extract',
        Timeout: 2,
        Arguments: {
          '--day': '2026-11-20',
          '--n': '3',
          '--deep': '{"a":[1]}',
          '--on': 'false',
          '--gluewright_stack': 'test',
          '--gluewright_run': 'run-1',
          '--gluewright_task': 'extract',
          '--gluewright_attempt': '1',
          '--gluewright_output': 's3://out/outputs/run-1/extract-1.json',
        },
      },
    ]);
  });

  test('gets no argument of ours with `inject: false`', async () => {
    await call('t1', { work: { kind: 'glue-job', job: 'extract', inject: false, args: { a: 'b' } } });
    expect(world.glue.runs[0]?.Arguments).toEqual({ '--a': 'b' });
  });

  test.each([
    ['SUCCEEDED', { output: { status: 'succeeded' } }],
    ['FAILED', { error: 'Glue.JobFailed', cause: 'boom' }],
    ['TIMEOUT', { error: 'Glue.JobTimedOut', cause: 'boom' }],
    ['STOPPED', { error: 'Glue.JobStopped', cause: 'boom' }],
  ] as const)('that ends %s answers the waiting state', async (state, expected) => {
    await call('t1');
    await end('jr_0001', state, 'boom');
    expect(told('t1')).toEqual(expected);
    expect(await open()).toBe(0);
  });

  test.each(['ERROR', 'EXPIRED'] as const)('that ends %s without an event is found by asking Glue', async (state) => {
    await call('t1');
    world.glue.end('jr_0001', state);
    await reconcile(world.system);
    expect(told('t1')).toEqual({ error: 'Glue.JobFailed', cause: `Glue says ${state}` });
  });

  test('whose event is lost is found by asking Glue, and a late event is harmless', async () => {
    await call('t1');
    world.glue.end('jr_0001', 'SUCCEEDED');
    expect(told('t1')).toBeUndefined();
    await reconcile(world.system);
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
    await end('jr_0001', 'SUCCEEDED');
    await end('jr_0001', 'FAILED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
  });

  test('that Glue can never start fails its task at once', async () => {
    world.fault = (name) => {
      if (name === 'glue.start')
        throw Object.assign(new Error('no'), { name: 'InvalidInputException', $metadata: { httpStatusCode: 400 } });
    };
    await call('t1');
    expect(told('t1')).toEqual({ error: 'Gluewright.StartRefused', cause: 'InvalidInputException: no' });
  });

  test('that failed is retried as the next attempt, and its late event changes nothing', async () => {
    await call('t1');
    await end('jr_0001', 'FAILED');
    await call('t2');
    expect(world.glue.runs.map((run) => run.Arguments?.['--gluewright_attempt'])).toEqual(['1', '2']);
    await end('jr_0001', 'FAILED');
    expect(told('t2')).toBeUndefined();
    await end('jr_0002', 'SUCCEEDED');
    expect(told('t2')).toEqual({ output: { status: 'succeeded' } });
  });

  test('whose event names an unknown job run is found by its stamp', async () => {
    world.fault = (name, when) => {
      if (name === 'ledger.write' && when === 'before' && world.glue.runs.length === 1)
        throw new Error('table is away');
    };
    await expect(call('t1')).rejects.toThrow('table is away');
    world.fault = undefined;
    await end('jr_0001', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
    expect(world.glue.runs).toHaveLength(1);
  });

  test('is not confused with another job that has a copy of its stamp', async () => {
    world = new World([pipelineOf('orders'), pipelineOf('others', { tasks: [taskOf('somebodys')] })]);
    world.glue.maxConcurrent.extract = 0;
    await call('t1');
    const copied = world.glue.foreign('somebodys', {
      '--gluewright_stack': 'test',
      '--gluewright_run': 'run-1',
      '--gluewright_task': 'extract',
      '--gluewright_attempt': '1',
    });
    world.glue.end(copied, 'SUCCEEDED');
    await jobEnded(world.system, 'somebodys', copied, 'SUCCEEDED');
    expect(told('t1')).toBeUndefined();
    expect((await world.ledger.list('queue#glue-job#extract')).items).toHaveLength(1);
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'mark of other work', work: 'somebodys' }));
  });

  test.each([
    ['nobody', {}],
    [
      'another stack',
      {
        '--gluewright_stack': 'other',
        '--gluewright_run': 'run-1',
        '--gluewright_task': 'extract',
        '--gluewright_attempt': '1',
      },
    ],
  ])('run of %s is ignored', async (_, args) => {
    await call('t1');
    const foreign = world.glue.foreign('extract', args);
    await end(foreign, 'SUCCEEDED');
    expect(told('t1')).toBeUndefined();
  });
});

describe('`if:`', () => {
  test('false answers at once and starts nothing', async () => {
    await call('t1', { if: false });
    expect(told('t1')).toEqual({ output: { status: 'skipped' } });
    expect(world.glue.runs).toEqual([]);
  });

  test('true runs the task', async () => {
    await call('t1', { if: true });
    expect(world.glue.runs).toHaveLength(1);
  });

  test.each([0, null, '', 'no'])('%j, which is neither, fails the task', async (value) => {
    await call('t1', { if: value });
    expect(told('t1')).toMatchObject({ error: 'Gluewright.StartRefused' });
  });
});

describe('a repeated call', () => {
  test('with the same token starts nothing', async () => {
    await call('t1');
    await call('t1');
    expect(world.glue.runs).toHaveLength(1);
    await end('jr_0001', 'SUCCEEDED');
    await call('t1');
    expect(world.glue.runs).toHaveLength(1);
  });

  test('with a newer token replaces the older one', async () => {
    await call('t1');
    await call('t2');
    await call('t1');
    await end('jr_0001', 'SUCCEEDED');
    expect(world.glue.runs).toHaveLength(1);
    expect(told('t1')).toBeUndefined();
    expect(told('t2')).toEqual({ output: { status: 'succeeded' } });
  });

  test('after an undelivered success starts nothing', async () => {
    await call('t1');
    world.sfn.tokens.delete('t1');
    await end('jr_0001', 'SUCCEEDED');
    await call('t2');
    await call('t3');
    expect(told('t3')).toEqual({ output: { status: 'succeeded' } });
    expect(world.glue.runs).toHaveLength(1);
  });

  test('with a newer token gets the outcome that the older one missed', async () => {
    await call('t1');
    world.fault = (name) => {
      if (name === 'sfn.success') throw new Error('away');
    };
    await end('jr_0001', 'SUCCEEDED');
    world.fault = undefined;
    await call('t2');
    expect(told('t2')).toEqual({ output: { status: 'succeeded' } });
    expect(world.glue.runs).toHaveLength(1);
  });

  test('with an earlier attempt’s token changes nothing', async () => {
    await call('t1');
    await end('jr_0001', 'FAILED');
    await call('t2');
    await call('t1');
    await end('jr_0002', 'SUCCEEDED');
    expect(told('t2')).toEqual({ output: { status: 'succeeded' } });
    expect(world.glue.runs).toHaveLength(2);
  });
});

describe('a refusal to start', () => {
  beforeEach(() => {
    world.glue.maxConcurrent.extract = 1;
  });

  test('uses up no attempt, and is retried when any run of the job ends', async () => {
    const foreign = world.glue.foreign('extract');
    await call('t1');
    expect(world.glue.runs).toHaveLength(1);
    await end(foreign, 'FAILED');
    expect(world.glue.runs[1]?.Arguments?.['--gluewright_attempt']).toBe('1');
    await end('jr_0002', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
  });

  test('is retried by the clock without an event', async () => {
    const foreign = world.glue.foreign('extract');
    await call('t1');
    world.glue.end(foreign, 'SUCCEEDED');
    await reconcile(world.system);
    expect(world.glue.runs).toHaveLength(1);
    world.pass(60);
    await reconcile(world.system);
    expect(world.glue.runs).toHaveLength(2);
  });

  test('admits waiting attempts in order of arrival', async () => {
    for (const task of ['a', 'b', 'c']) {
      await call(task, { task });
      world.pass(1);
    }
    for (const id of ['jr_0001', 'jr_0002', 'jr_0003']) await end(id, 'SUCCEEDED');
    expect(world.glue.runs.map((run) => run.Arguments?.['--gluewright_task'])).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map(told)).toEqual(Array(3).fill({ output: { status: 'succeeded' } }));
  });
});

describe('a start without an answer', () => {
  test.each(['before', 'after'] as const)('%s it took effect leads to one job run', async (moment) => {
    let faults = 1;
    world.fault = (name, when) => {
      if (name === 'glue.start' && when === moment && faults-- > 0) throw new Error('socket hang up');
    };
    await call('t1');
    world.pass(100);
    await reconcile(world.system);
    expect(world.glue.runs).toHaveLength(1);
    await end('jr_0001', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
  });

  test('is looked for on every page, back to the attempt’s start and no further', async () => {
    for (let n = 0; n < 300; n++) world.glue.foreign('extract');
    world.pass(3600);
    let faults = 1;
    world.fault = (name, when) => {
      if (name === 'glue.start' && when === 'after' && faults-- > 0) {
        for (let n = 0; n < 500; n++) world.glue.foreign('extract');
        for (const run of world.glue.runs.slice(300)) run.StartedOn = new Date(world.now);
        throw new Error('socket hang up');
      }
    };
    await call('t1');
    expect(world.acts.filter((act) => act === 'glue.list')).toHaveLength(3);
    await end('jr_0301', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
  });

  test('is not looked for while the call may still be in progress', async () => {
    world.crashAt = { act: 3, after: true };
    await expect(call('t1')).rejects.toThrow();
    expect(world.acts.at(-1)).toBe('glue.start');
    world.restart();
    world.pass(30);
    await reconcile(world.system);
    await call('t2');
    expect(world.acts).not.toContain('glue.list');
    world.pass(121);
    await call('t3');
    expect(world.acts).toContain('glue.list');
    await end('jr_0001', 'SUCCEEDED');
    expect(told('t3')).toEqual({ output: { status: 'succeeded' } });
    expect(world.glue.runs).toHaveLength(1);
  });

  test('of a job without a stamp is recognised by its arguments, its time, and having no other owner', async () => {
    const work = { kind: 'glue-job', job: 'extract', inject: false, args: { a: '1' } } as const;
    world.glue.foreign('extract', { '--a': '1' });
    await call('other', { task: 'other', work });
    let faults = 1;
    world.fault = (name, when) => {
      if (name === 'glue.start' && when === 'after' && faults-- > 0) throw new Error('socket hang up');
    };
    await call('t1', { work });
    await end('jr_0003', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
    expect(told('other')).toBeUndefined();
  });
});

describe('an output', () => {
  const address = 'out/outputs/run-1/extract-1.json';

  test.each([
    ['is passed on', '{"rows": 3}', { output: { status: 'succeeded', output: { rows: 3 } } }],
    ['that is not an object is the job’s error', '[3]', { error: 'Gluewright.BadOutput' }],
    [
      'that is not JSON is the job’s error, with its beginning and its place',
      'rows: 3',
      {
        error: 'Gluewright.BadOutput',
        cause: `the output is no JSON object: it begins with "rows: 3" (s3://${address})`,
      },
    ],
    [
      'over the available room is refused',
      JSON.stringify({ text: 'x'.repeat(100) }),
      { error: 'Gluewright.BadOutput' },
    ],
    ['over 32 KB is not even read', 'x'.repeat(33_000), { error: 'Gluewright.BadOutput' }],
  ])('%s', async (_, text, expected) => {
    world.objects.set(address, text);
    await call('t1', { outputLimit: 50 });
    await end('jr_0001', 'SUCCEEDED');
    expect(told('t1')).toMatchObject(expected);
  });

  test('may be missing', async () => {
    await call('t1', { outputLimit: 50 });
    await end('jr_0001', 'SUCCEEDED');
    expect(told('t1')).toEqual({ output: { status: 'succeeded' } });
  });

  test('without a reader is not read', async () => {
    await call('t1');
    await end('jr_0001', 'SUCCEEDED');
    expect(world.acts).not.toContain('objects.get');
  });

  test('that S3 cannot return now is read later, however long it takes', async () => {
    world.objects.set(address, '{"rows": 3}');
    await call('t1', { outputLimit: 50 });
    world.fault = (name) => {
      if (name === 'objects.get') throw new Error('no answer');
    };
    await end('jr_0001', 'SUCCEEDED');
    world.pass(7_200);
    await reconcile(world.system);
    expect(told('t1')).toBeUndefined();
    world.fault = () => undefined;
    await reconcile(world.system);
    expect(told('t1')).toEqual({ output: { status: 'succeeded', output: { rows: 3 } } });
  });

  test('that S3 denies is given up in the end', async () => {
    world.objects.set(address, '{"rows": 3}');
    await call('t1', { outputLimit: 50 });
    world.fault = (name) => {
      if (name !== 'objects.get') return;
      throw Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    };
    await end('jr_0001', 'SUCCEEDED');
    await reconcile(world.system);
    expect(told('t1')).toBeUndefined();
    world.pass(901);
    await reconcile(world.system);
    expect(told('t1')).toEqual({
      error: 'Gluewright.BadOutput',
      cause: 'the output could not be read: AccessDenied: no',
    });
  });
});

test('an outcome that Step Functions cannot take now is delivered by the reconciler', async () => {
  await call('t1');
  world.fault = (name) => {
    if (name === 'sfn.failure') throw new Error('throttled');
  };
  await end('jr_0001', 'STOPPED');
  expect(await open()).toBe(1);
  world.fault = undefined;
  await reconcile(world.system);
  expect(told('t1')).toMatchObject({ error: 'Glue.JobStopped' });
  expect(await open()).toBe(0);
});
