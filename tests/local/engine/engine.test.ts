import { describe, expect, test } from 'vitest';
import { type TaskCall, TaskFailure } from '../../../local/engine/engine.ts';
import { engineFixture, epoch } from './engine-fixture.ts';

const invoke = 'arn:aws:states:::lambda:invoke';
const lambda = (fields: object) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: {
    Work: { Type: 'Task', Resource: invoke, Arguments: { FunctionName: 'f' }, End: true, ...fields },
    ...('Catch' in fields && { Rescue: { Type: 'Pass', End: true } }),
  },
});
const lambdaEvents = ['TaskScheduled', 'TaskStarted', 'TaskSucceeded'];

describe('a task', () => {
  test('whose result exceeds 256 KiB fails with the name of its service', async () => {
    const { machine, run } = engineFixture(async () => 'x'.repeat(262_144));
    const Catch = [{ ErrorEquals: ['States.TaskFailed'], Next: 'Rescue' }];
    const done = await run(await machine('m', lambda({ Catch })));
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(done.cause).toContain("'lambda'");
  });

  test('is not cancelled after its end', async () => {
    const cancelled: string[] = [];
    const run = async () => 'done';
    const tasks = { run, cancel: ({ stateName }: TaskCall) => void cancelled.push(stateName) };
    const fixture = engineFixture(run, { tasks });
    const done = await fixture.run(await fixture.machine('m', lambda({})));
    expect([done.status, cancelled]).toEqual(['SUCCEEDED', []]);
  });

  test('returns its result to the state, and the history shows it as on AWS', async () => {
    const { machine, run, events } = engineFixture(async ({ arguments: given }) => ({ given }));
    const done = await run(await machine('m', lambda({ Output: '{% $states.result.given.FunctionName %}' })));
    expect(done).toMatchObject({ status: 'SUCCEEDED', output: '"f"' });
    expect(await events(done.executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      ...lambdaEvents,
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('with a token waits for the token’s holder', async () => {
    const calls: TaskCall[] = [];
    const { machine, call, clock, statuses } = engineFixture(async (given) => {
      calls.push(given);
      return { accepted: true };
    });
    const definition = lambda({
      Resource: `${invoke}.waitForTaskToken`,
      Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' },
    });
    await call('StartExecution', { stateMachineArn: await machine('m', definition), name: 'one' });
    await clock.run(() => false);
    const [first] = calls;
    expect(first?.arguments).toEqual({ FunctionName: 'f', Payload: first?.taskToken });
    await call('SendTaskSuccess', { taskToken: first?.taskToken, output: '{"rows": 3}' });
    await clock.run(() => false);
    expect(statuses.map(({ status, output }) => [status, output])).toEqual([
      ['RUNNING', null],
      ['SUCCEEDED', '{"rows":3}'],
    ]);
    await expect(call('SendTaskSuccess', { taskToken: first?.taskToken, output: '{}' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    await expect(call('SendTaskHeartbeat', { taskToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  test('is retried with growing delays, as often as each retrier allows', async () => {
    const times: number[] = [];
    const fixture = engineFixture(async () => {
      times.push((fixture.clock.now() - epoch) / 1000);
      throw new TaskFailure(times.length % 2 === 1 ? 'Odd' : 'Even', 'because');
    });
    const Retry = [
      { ErrorEquals: ['Odd'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2 },
      { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 10, BackoffRate: 10, MaxDelaySeconds: 15, MaxAttempts: 9 },
    ];
    const done = await fixture.run(await fixture.machine('m', lambda({ Retry })));
    expect(done).toMatchObject({ status: 'FAILED', error: 'Odd', cause: 'because' });
    expect(times).toEqual([0, 2, 12, 18, 33]);
  });

  test.each([
    ['TimeoutSeconds', { TimeoutSeconds: 5 }, 'States.Timeout'],
    ['HeartbeatSeconds', { TimeoutSeconds: 60, HeartbeatSeconds: 5 }, 'States.HeartbeatTimeout'],
  ])('that is silent ends by its %s, and its pending call is cancelled', async (_name, times, caught) => {
    const cancelled: string[] = [];
    const never = () => new Promise(() => undefined);
    const tasks = { run: never, cancel: ({ stateName }: TaskCall) => void cancelled.push(stateName) };
    const { machine, run, clock } = engineFixture(never, { tasks });
    const Catch = [
      { ErrorEquals: ['States.TaskFailed'], Next: 'Work' },
      { ErrorEquals: [caught], Next: 'Rescue' },
    ];
    const done = await run(await machine('m', lambda({ ...times, Catch })));
    expect(done).toMatchObject({ status: 'SUCCEEDED', output: '{"Error":"States.Timeout","Cause":""}' });
    expect(clock.now()).toBe(epoch + 5000);
    expect(cancelled).toEqual(['Work']);
  });
});

describe('a nested execution', () => {
  const parent = (arn: string, fields: object = {}) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Child',
    States: {
      Child: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: arn, Input: { n: 1 } },
        Output: '{% $states.result.Output %}',
        End: true,
        ...fields,
      },
    },
  });

  test('returns its output to the state that waits for it', async () => {
    const { machine, run } = engineFixture(async () => ({ ok: true }));
    const child = await machine('child', lambda({ Output: '{% $states.input.n + 1 %}' }));
    expect(await run(await machine('parent', parent(child)))).toMatchObject({ status: 'SUCCEEDED', output: '2' });
  });

  test('that fails also fails the state, with its details in the cause', async () => {
    const { machine, run } = engineFixture(async () => {
      throw new TaskFailure('Bad', 'luck');
    });
    const done = await run(await machine('parent', parent(await machine('child', lambda({})))));
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(String(done.cause))).toMatchObject({
      Error: 'Bad',
      Cause: 'luck',
      Status: 'FAILED',
      Input: '{"n":1}',
    });
  });

  test.each([
    ['is stopped', {}, 'ABORTED'],
    ['times out', { TimeoutSeconds: 9 }, 'FAILED'],
  ])('is stopped when the state that waits for it %s', async (_name, fields, status) => {
    const { machine, call, clock, statuses } = engineFixture(() => new Promise(() => undefined));
    const child = await machine('child', lambda({}));
    const stateMachineArn = await machine('parent', parent(child, fields));
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await clock.run(() => clock.now() > epoch || statuses.length === 2);
    if (status === 'ABORTED') await call('StopExecution', { executionArn, error: 'E', cause: 'c' });
    await clock.run(() => false);
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status });
    expect(statuses.filter((detail) => detail.stateMachineArn === child).map((detail) => detail.status)).toEqual([
      'RUNNING',
      'ABORTED',
    ]);
  });
});

describe('the limits of an execution', () => {
  test('include 25,000 events, and the last event reports it', async () => {
    const { machine, run, call } = engineFixture(async () => ({}));
    const done = await run(await loop(machine));
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const { events } = await call('GetExecutionHistory', {
      executionArn: done.executionArn,
      reverseOrder: true,
      maxResults: 1,
    });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
  });

  test('include 256 KiB for each variable', async () => {
    const { machine, run } = engineFixture(async () => 'x'.repeat(200_000));
    const Assign = { twice: '{% $states.result & $states.result %}' };
    const done = await run(await machine('m', lambda({ Assign, Output: 1 })));
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('include its own TimeoutSeconds', async () => {
    const { machine, run, clock, events } = engineFixture(async () => ({}));
    const Wait = { Type: 'Wait', Seconds: 60, End: true };
    const done = await run(await machine('m', { TimeoutSeconds: 5, StartAt: 'Wait', States: { Wait } }));
    expect(done).toMatchObject({ status: 'TIMED_OUT' });
    expect(clock.now()).toBe(epoch + 5000);
    expect((await events(done.executionArn)).at(-1)).toBe('ExecutionTimedOut');
  });
});

/** A loop with a Choice that could leave it, because a definition without an exit is rejected. */
function loop(machine: (name: string, definition: object) => Promise<string>): Promise<string> {
  const Choices = [{ Variable: '$.never', IsPresent: true, Next: 'Out' }];
  const States = { Turn: { Type: 'Choice', Choices, Default: 'Turn' }, Out: { Type: 'Succeed' } };
  return machine('loop', { StartAt: 'Turn', States });
}

describe('starting', () => {
  test('again with the same input returns the running execution, and fails after its end', async () => {
    let answer: (result: unknown) => void = () => undefined;
    const { machine, call, clock } = engineFixture(() => new Promise((resolve) => (answer = resolve)));
    const request = { stateMachineArn: await machine('m', lambda({})), name: 'one', input: '{"a":1}' };
    const first = await call('StartExecution', request);
    expect(await call('StartExecution', request)).toEqual(first);
    await expect(call('StartExecution', { ...request, input: '{}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    answer({});
    await clock.run(() => false);
    await expect(call('StartExecution', request)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });
});
