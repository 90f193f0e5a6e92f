import { describe, expect, test } from 'vitest';
import { engineFixture, epoch } from '../engine-fixture.ts';

const invoke = 'arn:aws:states:::lambda:invoke';

describe('a time of a task', () => {
  const expressionTask = (field: string) => {
    const Work = { Type: 'Task', Resource: invoke, [field]: '{% $states.input.s %}', End: true };
    return { QueryLanguage: 'JSONata', StartAt: 'Work', States: { Work } };
  };
  const pathTask = { Type: 'Task', Resource: invoke, TimeoutSecondsPath: '$.s', End: true };
  test.each([
    ['a negative path', { StartAt: 'Work', States: { Work: pathTask } }, -1, 'States.Runtime'],
    ['a path to nothing', { StartAt: 'Work', States: { Work: pathTask } }, 0, 'States.Runtime'],
    ['a negative expression', expressionTask('TimeoutSeconds'), -1, 'States.QueryEvaluationError'],
    ['half a second', expressionTask('HeartbeatSeconds'), 0.5, 'States.QueryEvaluationError'],
    ['a text', expressionTask('HeartbeatSeconds'), '5', 'States.QueryEvaluationError'],
  ])('that is %s is invalid', async (_name, definition, s, error) => {
    const { machine, run } = engineFixture(async () => ({}));
    const done = await run(await machine('m', definition), { s });
    expect(done).toMatchObject({ status: 'FAILED', error });
    expect(done.cause).toMatch(
      /Expected (positive integer for|'integer', but was 'number'|'number', but was 'string')/,
    );
  });
});

test.each([
  ['2', 'SUCCEEDED', 2000],
  [0, 'SUCCEEDED', 0],
  ['-2', 'FAILED', 0],
  ['2.5', 'FAILED', 0],
  [null, 'FAILED', 0],
])('a Wait for the seconds at a path to %j has %s after %i ms', async (s, status, ms) => {
  const { machine, run, clock } = engineFixture(async () => ({}));
  const Rest = { Type: 'Wait', SecondsPath: '$.s', End: true };
  expect(await run(await machine('m', { StartAt: 'Rest', States: { Rest } }), { s })).toMatchObject({ status });
  expect(clock.now() - epoch).toBe(ms);
});

describe('a Map', () => {
  test.each(['INLINE', 'DISTRIBUTED'])('%s checks MaxConcurrency before it starts', async (Mode) => {
    const { machine, run, events } = engineFixture(async () => ({}));
    const P = { Type: 'Pass', End: true };
    const ItemProcessor = { ProcessorConfig: { Mode, ExecutionType: 'STANDARD' }, StartAt: 'P', States: { P } };
    const Each = { Type: 'Map', ItemsPath: '$.items', MaxConcurrencyPath: '$.n', ItemProcessor, End: true };
    const done = await run(await machine('m', { StartAt: 'Each', States: { Each } }), { items: [1], n: -1 });
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(done.cause).toContain("Expected non-negative integer for MaxConcurrency, but got '-1' instead.");
    expect(await events(done.executionArn)).toEqual(['ExecutionStarted', 'MapStateEntered', 'ExecutionFailed']);
  });
});
