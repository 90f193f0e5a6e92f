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

describe('TestState tells what becomes of', () => {
  test.each([
    ['a mocked result', mock({ Payload: 7 }), { status: 'SUCCEEDED', output: '7', nextState: 'On' }],
    ['no mock: the call is made', {}, { status: 'SUCCEEDED', output: '{"n":1}', nextState: 'On' }],
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

  test.each([
    [
      'JSONPath',
      { ItemsPath: '$.items', ItemSelector: { 'v.$': '$$.Map.Item.Value', 'n.$': '$.n' } },
      { afterInputPath: '{"n":1,"items":[5,6]}', afterItemsPath: '[5,6]' },
    ],
    [
      'JSONata',
      {
        Items: '{% $states.input.items %}',
        ItemSelector: { v: '{% $states.context.Map.Item.Value %}', n: '{% $states.input.n %}' },
      },
      {},
    ],
  ])('the items of a Map in %s', async (QueryLanguage, fields, stages) => {
    const ItemProcessor = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
    const map = { Type: 'Map', QueryLanguage, ...fields, ItemProcessor, End: true };
    const request = { input: '{"n":1,"items":[5,6]}', ...mock([0, 0]), inspectionLevel: 'DEBUG' };
    expect((await tested(map, request)).inspectionData).toEqual({
      input: '{"n":1,"items":[5,6]}',
      ...stages,
      afterItemSelector: '[{"v":5,"n":1},{"v":6,"n":1}]',
      maxConcurrency: 0,
    });
  });

  test('a state of a machine, with variables and a context of its own', async () => {
    const machine = {
      QueryLanguage: 'JSONata',
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Assign: { v: 1 }, Next: 'Second' },
        Second: { Type: 'Pass', Output: '{% [$v, $states.context.Execution.Name] %}', End: true },
      },
    };
    const request = { stateName: 'Second', variables: '{"v":5}', context: '{"Execution":{"Name":"mine"}}' };
    expect(await tested(machine, request)).toEqual({ status: 'SUCCEEDED', output: '[5,"mine"]' });
  });
});

test.each([
  ['a mock that does not look like the answer', task, mock({ StatusCode: '200' }), 'ValidationException'],
  ['a mock for a state that calls nothing', { Type: 'Pass', End: true }, mock(1), 'ValidationException'],
  [
    'a state that is not there',
    { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
    { stateName: 'B' },
    'ValidationException',
  ],
  ['a state with faults', { Type: 'Pass' }, {}, 'InvalidDefinition'],
])('TestState refuses %s', async (_name, definition, request, error) => {
  await expect(tested(definition, request)).rejects.toMatchObject({ name: error });
});
