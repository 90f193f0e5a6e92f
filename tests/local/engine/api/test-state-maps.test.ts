import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../shared/json.ts';
import { engineFixture } from '../engine-fixture.ts';

const work = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const children = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...work };
const input = '{"n":1,"items":[5,6]}';

async function tested(fields: object, request: object = {}): Promise<JsonObject> {
  const definition = JSON.stringify({ Type: 'Map', ItemProcessor: children, End: true, ...fields });
  const mock = { result: '[0,0]' };
  const { call } = engineFixture(async () => null);
  return await call('TestState', { definition, input, mock, inspectionLevel: 'DEBUG', ...request });
}
const stages = async (fields: object, request: object = {}): Promise<unknown> =>
  (await tested(fields, request)).inspectionData;

describe('TestState shows of a Map', () => {
  test('in JSONPath, each stage of its items and of its result', async () => {
    const fields = {
      ItemProcessor: work,
      ItemsPath: '$.items',
      ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'n.$': '$.n' },
      ResultSelector: { 'first.$': '$[0]' },
      ResultPath: '$.r',
    };
    expect(await stages(fields)).toEqual({
      input,
      afterInputPath: input,
      afterItemsPath: '[5,6]',
      afterItemSelector: '[{"v":5,"i":0,"n":1},{"v":6,"i":1,"n":1}]',
      maxConcurrency: 0,
      afterResultSelector: '{"first":0}',
      afterResultPath: '{"n":1,"items":[5,6],"r":{"first":0}}',
    });
  });

  test('its items through Parameters, as in older definitions', async () => {
    const fields = { ItemProcessor: undefined, Iterator: work, ItemsPath: '$.items' };
    expect(await stages({ ...fields, Parameters: { 'v.$': '$$.Map.Item.Value' } })).toMatchObject({
      afterItemSelector: '[{"v":5},{"v":6}]',
    });
  });

  test('in JSONata, its items through the selector', async () => {
    const fields = {
      QueryLanguage: 'JSONata',
      ItemProcessor: work,
      Items: '{% $states.input.items %}',
      ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
    };
    expect(await stages(fields)).toEqual({ input, afterItemSelector: '[{"v":5},{"v":6}]', maxConcurrency: 0 });
  });

  test('the whole input as items if there is no path', async () => {
    expect(await stages({ ItemProcessor: work }, { input: '[7]' })).toMatchObject({
      afterInputPath: '[7]',
      afterItemsPath: '[7]',
    });
  });

  test('its batches with their common input', async () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { 'of.$': '$.n' } };
    const fields = { ItemsPath: '$.items', ItemBatcher };
    expect(await stages(fields, { input: '{"n":1,"items":[5,6,7]}' })).toMatchObject({
      afterItemBatcher: '[{"BatchInput":{"of":1},"Items":[5,6]},{"BatchInput":{"of":1},"Items":[7]}]',
    });
  });

  test('its limits, even if they come from its input', async () => {
    const fields = {
      MaxConcurrencyPath: '$.c',
      ToleratedFailureCountPath: '$.t',
      ToleratedFailurePercentage: 12.5,
      ItemsPath: '$.items',
    };
    expect(await stages(fields, { input: '{"c":3,"t":1,"items":[]}', mock: { result: '[]' } })).toMatchObject({
      maxConcurrency: 3,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 12.5,
    });
  });
});

describe('The data that an ItemReader would have read', () => {
  const reader = (ReaderConfig: object) => ({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig, Parameters: { Bucket: 'b', Key: 'k' } },
    ItemSelector: { 'v.$': '$$.Map.Item.Value' },
  });
  const given = (mapItemReaderData: string) => ({ stateConfiguration: { mapItemReaderData } });

  test.each([
    ['JSON', { InputType: 'JSON' }, '[1,2]', '[{"v":1},{"v":2}]'],
    ['JSON lines', { InputType: 'JSONL' }, '1\n2\n', '[{"v":1},{"v":2}]'],
    ['CSV', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, 'a,b\n1,2\n', '[{"v":{"a":"1","b":"2"}}]'],
    ['up to MaxItems', { InputType: 'JSON', MaxItems: 1 }, '[1,2]', '[{"v":1}]'],
  ])('is given in its source’s format: %s', async (_name, config, data, afterItemSelector) => {
    expect(await stages(reader(config), given(data))).toMatchObject({ afterItemSelector });
  });

  test('comes from the input by default', async () => {
    const fields = { ...reader({ InputType: 'JSON' }), ItemsPath: '$.items' };
    const afterItemSelector = '[{"v":5},{"v":6}]';
    expect(await stages(fields)).toMatchObject({ afterItemsPath: '[5,6]', afterItemSelector });
  });

  test('is shown after its pointer is applied', async () => {
    const fields = reader({ InputType: 'JSON', ItemsPointer: '/a/b' });
    expect(await stages(fields, given('{"a":{"b":[4]}}'))).toMatchObject({
      afterItemsPointer: '[4]',
      afterItemSelector: '[{"v":4}]',
    });
  });

  test('fails the Map if it is not a list', async () => {
    expect(await tested(reader({ InputType: 'JSON' }), given('5'))).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
    });
  });
});

test.each([
  ['1 of 2, without a stated tolerance', {}, 1, 'SUCCEEDED'],
  ['1 of 2, half of them tolerated', { ToleratedFailurePercentage: 50 }, 1, 'SUCCEEDED'],
  ['2 of 2, half of them tolerated', { ToleratedFailurePercentage: 50 }, 2, 'FAILED'],
  ['2 of 2, one tolerated', { ToleratedFailureCount: 1 }, 2, 'FAILED'],
])('Iterations that failed: %s', async (_name, fields, mapIterationFailureCount, status) => {
  const request = { stateConfiguration: { mapIterationFailureCount } };
  expect(await tested({ ItemsPath: '$.items', ...fields }, request)).toMatchObject({ status });
});

test.each([
  ['items that are not a list', { ItemsPath: '$.n' }],
  ['a selector that finds nothing', { ItemsPath: '$.items', ItemSelector: { 'v.$': '$.absent' } }],
  ['a negative concurrency', { ItemsPath: '$.items', MaxConcurrencyPath: '$.below' }],
])('A Map fails because of %s, whatever its mock is', async (_name, fields) => {
  const request = { input: '{"n":1,"items":[5],"below":-1}' };
  expect(await tested(fields, request)).toMatchObject({ status: 'FAILED', inspectionData: { input: request.input } });
});

test.each([
  [
    'results that are written elsewhere',
    { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } },
    '{}',
  ],
  ['results that are only transformed', { WriterConfig: { OutputType: 'JSON', Transformation: 'FLATTEN' } }, '[]'],
])('A mock of %s has the form of the Map’s result', async (_name, ResultWriter, result) => {
  const fields = { ItemsPath: '$.items', ResultWriter };
  expect(await tested(fields, { mock: { result } })).toMatchObject({ status: 'SUCCEEDED' });
});

test('A state within a Map is tested at the first item', async () => {
  const inner = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.context.Map.Item %}', End: true };
  const machine = {
    StartAt: 'M',
    States: {
      M: { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: inner } }, Next: 'O' },
      O: { ...inner, Output: '{% $exists($states.context.Map) %}' },
    },
  };
  const { call } = engineFixture(async () => null);
  const request = { definition: JSON.stringify(machine), input: '"x"' };
  expect(await call('TestState', { ...request, stateName: 'P' })).toMatchObject({ output: '{"Index":0,"Value":"x"}' });
  expect(await call('TestState', { ...request, stateName: 'O' })).toMatchObject({ output: 'false' });
});
