import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../shared/json.ts';
import { engineFixture } from '../engine-fixture.ts';

const task = {
  Type: 'Task',
  QueryLanguage: 'JSONata',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Rescue' }],
  Next: 'On',
};

const tested = (definition: object, request: object = {}): Promise<JsonObject> =>
  engineFixture(async ({ arguments: given }) => given).call('TestState', {
    definition: JSON.stringify(definition),
    input: '{"n":1}',
    ...request,
  });
const mock = (result: unknown) => ({ mock: { result: JSON.stringify(result) } });
const mockError = (error: string) => ({ mock: { errorOutput: { error, cause: 'why' } } });

describe('TestState shows the result of', () => {
  test.each([
    ['a mocked result', mock({ Payload: 7 }), { status: 'SUCCEEDED', output: '7', nextState: 'On' }],
    [
      'no mock: the call is made',
      { roleArn: 'arn:aws:iam::1:role/r' },
      { status: 'SUCCEEDED', output: '{"n":1}', nextState: 'On' },
    ],
    ['an error that is retried', mockError('Busy'), { status: 'RETRIABLE', error: 'Busy', cause: 'why' }],
    [
      'an error whose retries are used up',
      { ...mockError('Busy'), stateConfiguration: { retrierRetryCount: 2 } },
      { status: 'CAUGHT_ERROR', nextState: 'Rescue', output: '{"Error":"Busy","Cause":"why"}' },
    ],
    ['an error that is caught', mockError('Other'), { status: 'CAUGHT_ERROR', nextState: 'Rescue' }],
  ])('%s', async (_name, request, expected) => {
    expect(await tested(task, request)).toMatchObject(expected);
  });

  test('a retry, in detail', async () => {
    const request = { ...mockError('Busy'), stateConfiguration: { retrierRetryCount: 1 }, inspectionLevel: 'DEBUG' };
    expect(await tested(task, request)).toMatchObject({
      inspectionData: {
        afterArguments: '{"FunctionName":"f","Payload":{"n":1}}',
        errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 6 },
      },
    });
  });

  test('a state of a machine, with variables and a context of its own', async () => {
    const machine = {
      QueryLanguage: 'JSONata',
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Assign: { v: 1 }, Next: 'Second' },
        Second: { ...task, Output: '{% [$v, $states.context.Execution.Name] %}', Next: 'On' },
        On: { Type: 'Succeed' },
        Rescue: { Type: 'Succeed' },
      },
    };
    const context = '{"Execution":{"Name":"mine"}}';
    const request = { stateName: 'Second', variables: '{"v":5}', context, ...mock({}) };
    expect(await tested(machine, request)).toMatchObject({ status: 'SUCCEEDED', output: '[5,"mine"]' });
  });

  test.each([
    ['when it succeeds', mock({ Payload: 7 }), '{"old":0,"new":7}'],
    ['when an error is caught', mockError('Other'), '{"old":0,"new":"Other"}'],
    ['but not when it fails', mockError('States.Runtime'), '{"old":0}'],
  ])('the variables that a state assigns, %s', async (_name, request, variables) => {
    const Catch = [{ ...task.Catch[0], Assign: { new: '{% $states.errorOutput.Error %}' } }];
    const assigning = { ...task, Retry: [], Assign: { new: '{% $states.result.Payload %}' }, Catch };
    const given = { ...request, variables: '{"old":0}', inspectionLevel: 'DEBUG' };
    expect((await tested(assigning, given)).inspectionData).toMatchObject({ variables });
  });

  test('a random argument of a task, evaluated once', async () => {
    const { Resource } = task;
    const drawing = { Type: 'Task', Resource, Parameters: { 'FunctionName.$': 'States.UUID()' }, End: true };
    const { output, inspectionData } = await tested(drawing, {
      roleArn: 'arn:aws:iam::1:role/r',
      inspectionLevel: 'DEBUG',
    });
    expect(inspectionData).toMatchObject({ afterParameters: output });
  });

  test('the stages that a failing state reached', async () => {
    const failing = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      InputPath: '$.n',
      Parameters: { 'FunctionName.$': '$.absent' },
      End: true,
    };
    expect(await tested(failing, { ...mock({}), inspectionLevel: 'DEBUG' })).toMatchObject({
      status: 'FAILED',
      inspectionData: { input: '{"n":1}', afterInputPath: '1' },
    });
  });

  test('a Parallel state in JSONPath, which shows neither parameters nor a result of its own', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const parallel = {
      Type: 'Parallel',
      InputPath: '$.n',
      Branches: [branch('A'), branch('B')],
      ResultSelector: { 'first.$': '$[0]' },
      ResultPath: '$.r',
      OutputPath: '$.r.first',
      End: true,
    };
    expect(await tested(parallel, { ...mock([5, 6]), inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: '5',
      inspectionData: {
        input: '{"n":1}',
        afterInputPath: '1',
        afterResultSelector: '{"first":5}',
        afterResultPath: '{"n":1,"r":{"first":5}}',
      },
    });
  });

  test('an error that its Catch cannot place', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Rescue' }];
    const { Resource } = task;
    const caught = { Type: 'Task', Resource, Parameters: { FunctionName: 'f' }, Catch, End: true };
    const { status, error } = await tested(caught, { ...mockError('Other'), input: '[1]' });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });

  test('a state that waits for a token from its context', async () => {
    const waiting = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'q', MessageBody: '{% $length($states.context.Task.Token) > 0 %}' },
      End: true,
    };
    expect(await tested(waiting, { ...mock({}), inspectionLevel: 'DEBUG' })).toMatchObject({
      inspectionData: { afterArguments: '{"QueueUrl":"q","MessageBody":true}' },
    });
  });
});

test('TestState takes an error from any depth of a Parallel state', async () => {
  const inner = { Type: 'Map', ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }, End: true };
  const parallel = { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: inner } }], End: true };
  const stateConfiguration = { errorCausedByState: 'B' };
  expect(await tested(parallel, { ...mockError('E'), stateConfiguration })).toMatchObject({
    status: 'FAILED',
    error: 'E',
  });
});

test('TestState shows the request and the response of an HTTP task, at TRACE only', async () => {
  const http = {
    Type: 'Task',
    Resource: 'arn:aws:states:::http:invoke',
    Parameters: { Method: 'GET', ApiEndpoint: 'https://a.example/get', QueryParameters: { q: ['1', '2'] } },
    End: true,
  };
  const answer = { StatusCode: 200, StatusText: 'OK', Headers: { date: ['today'] }, ResponseBody: { a: 1 } };
  const call = (inspectionLevel: string) =>
    engineFixture(async () => answer).call('TestState', {
      definition: JSON.stringify(http),
      roleArn: 'arn:aws:iam::1:role/r',
      inspectionLevel,
    });
  expect(await call('TRACE')).toMatchObject({
    inspectionData: {
      request: { protocol: 'https', method: 'GET', url: 'https://a.example/get?q=1&q=2' },
      response: {
        protocol: 'https',
        statusCode: '200',
        statusMessage: 'OK',
        headers: '[date: today]',
        body: '{"a":1}',
      },
    },
  });
  expect(await call('DEBUG')).not.toMatchObject({ inspectionData: { request: {} } });
});

const model = { definition: 'x'.repeat(1_048_577) };
const role = { roleArn: 'arn:aws:iam::1:role/r' };
test.each([
  ['a mock that does not look like the answer', task, mock({ StatusCode: '200' }), 'ValidationException'],
  ['a mock for a state without a call', { Type: 'Pass', End: true }, mock(1), 'ValidationException'],
  [
    'a state that is not there',
    { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
    { stateName: 'B' },
    'ValidationException',
  ],
  ['an invalid state', { Type: 'Pass' }, {}, 'InvalidDefinition'],
  ['a task without a mock and without a role', task, {}, 'ValidationException'],
  ['a role that is not an ARN', task, { ...mock({}), roleArn: 'r' }, 'InvalidArn'],
  ['a context without a mock', task, { ...role, context: '{}' }, 'ValidationException'],
  ['a context that is not an object', task, { ...mock({}), context: '[]' }, 'ValidationException'],
  ['variables that are not an object', task, { ...mock({}), variables: '1' }, 'ValidationException'],
  ['an empty mock', task, { mock: {} }, 'ValidationException'],
  ['a mocked error without its name', task, { mock: { errorOutput: { cause: 'why' } } }, 'ValidationException'],
  ['a mocked result that is not JSON', task, { mock: { result: '{' } }, 'ValidationException'],
  ['a definition that is too long', task, model, 'ValidationException'],
  ['secrets of a mocked call', task, { ...mock({}), revealSecrets: true }, 'ValidationException'],
  [
    'an error caused by a state that is not inside',
    { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }], End: true },
    { ...mockError('E'), stateConfiguration: { errorCausedByState: 'B' } },
    'ValidationException',
  ],
  [
    'a try before the first',
    task,
    { ...mock({}), stateConfiguration: { retrierRetryCount: -1 } },
    'ValidationException',
  ],
  [
    'a mocked result of .sync that its polled operation does not give',
    { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: 'j' }, End: true },
    mock({ JobRun: 5 }),
    'ValidationException',
  ],
])('TestState rejects %s', async (_name, definition, request, error) => {
  await expect(tested(definition, request)).rejects.toMatchObject({ name: error });
});

test.each([
  ['retrierRetryCount', 0],
  ['mapIterationFailureCount', 0],
  ['errorCausedByState', 'S'],
  ['mapItemReaderData', '[]'],
])('TestState rejects %s without a mock before it checks mocks', async (member, value) => {
  const ItemProcessor = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
  const request = { stateConfiguration: { [member]: value } };
  const called = `${member.slice(0, 1).toUpperCase()}${member.slice(1)}`;
  await expect(tested({ Type: 'Map', ItemProcessor, End: true }, request)).rejects.toThrow(
    `TestState does not support ${called} when a mock is not specified.`,
  );
});
