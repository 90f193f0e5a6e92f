import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { type DataQualityWork, dataQuality } from '../../../../shared/tasks/data-quality/data-quality.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = dataQuality;
const stack = { name: 'test', outputBucket: 'out' };
const work: DataQualityWork = {
  kind: 'data-quality',
  ruleset: 'orders-rules',
  database: 'sales',
  table: 'orders',
  role: 'table-reader',
  partitions: null,
  score: 1,
  below: 'fail',
};
const order: Order<DataQualityWork> = { run: 'r1', task: 'gate', attempt: 1, work, timeout: 90, since: 0, tried: 0 };

describe('an evaluation begins', () => {
  test('with its table, its role, and the event that ends it', () => {
    expect(runs.begin(order, stack)).toMatchObject({
      call: 'glue:StartDataQualityRulesetEvaluationRun',
      input: {
        DataSource: { GlueTable: { DatabaseName: 'sales', TableName: 'orders' } },
        Role: 'table-reader',
        RulesetNames: ['orders-rules'],
        Timeout: 2,
        AdditionalRunOptions: { CloudWatchMetricsEnabled: true },
      },
    });
  });

  test('with a token of its attempt', () => {
    const token = (of: Order<DataQualityWork>, from = stack) => runs.begin(of, from).input.ClientToken;
    expect(token({ ...order, tried: 99 })).toBe(token(order));
    expect(token({ ...order, attempt: 2 })).not.toBe(token(order));
    expect(token(order, { ...stack, name: 'other' })).not.toBe(token(order));
  });

  test('on the partitions that the task names', () => {
    const { input } = runs.begin({ ...order, work: { ...work, partitions: "day = '2026-11-20'" } }, stack);
    expect(input.DataSource.GlueTable.AdditionalOptions).toEqual({ pushDownPredicate: "day = '2026-11-20'" });
  });
});

describe('asked', () => {
  const read = (answer: object, of: Partial<DataQualityWork> = {}, more?: unknown) =>
    runs.ask.read(answer, { id: 'dq1', stack, work: { ...work, ...of }, more });

  test.each([
    ['starts', { Status: 'STARTING' }, { is: 'open', says: 'STARTING' }],
    ['is stopping', { Status: 'STOPPING' }, { is: 'open', says: 'STOPPING', stopping: true }],
    ['was stopped', { Status: 'STOPPED' }, { is: 'stopped', says: 'STOPPED' }],
    ['took too long', { Status: 'TIMEOUT' }, { is: 'timed_out', says: 'TIMEOUT' }],
    ['failed', { Status: 'FAILED', ErrorString: 'no' }, { is: 'failed', says: 'FAILED', message: 'no' }],
    ['says a word that is not known', { Status: 'PAUSED' }, { is: 'open', says: 'PAUSED' }],
  ])('an evaluation that %s', (_, answer, state) => {
    expect(read(answer)).toEqual({ id: 'dq1', state, times: {} });
  });

  test('for its result once it has one', () => {
    expect(runs.ask.next({ Status: 'RUNNING' })).toBeUndefined();
    expect(runs.ask.next({ Status: 'SUCCEEDED' })).toBeUndefined();
    const call = { call: 'glue:GetDataQualityResult', input: { ResultId: 'result-1' } };
    expect(runs.ask.next({ Status: 'SUCCEEDED', ResultIds: ['result-1'] })).toEqual(call);
  });

  test('a successful evaluation without a result yet is awaited', () => {
    expect(read({ Status: 'SUCCEEDED' })).toBe('gone');
  });

  const RuleResults = [
    { Name: 'Rule_1', Description: 'RowCount > 0', Result: 'PASS' },
    { Name: 'Rule_2', Description: 'IsComplete "id"', Result: 'PASS' },
    { Name: 'Rule_3', Description: 'IsUnique "id"', Result: 'PASS' },
    { Name: 'Rule_4', Description: 'Mean "price" > 1', Result: 'FAIL', EvaluationMessage: 'Value: 0.5' },
  ];
  const done = { Status: 'SUCCEEDED', ResultIds: ['result-1'], ExecutionTime: 12, StartedOn: new Date(1_000) };
  const failing = '3 of 4 rules passed. Failed: Mean "price" > 1 (Value: 0.5)';

  test('a failed rule fails the task without a retry', () => {
    expect(read(done, {}, { RuleResults })).toEqual({
      id: 'dq1',
      state: { is: 'failed', says: 'FAILED', message: failing, final: true },
      times: { startedOn: 1_000, executionSeconds: 12 },
    });
  });

  test.each([
    ['whose score is high enough', { score: 0.75 }, true],
    ['whose score is too low, but may be', { below: 'succeed' }, false],
  ] as const)('one %s succeeds and has its verdict as its output', (_, of, passed) => {
    const output = { passed, score: 0.75, rules: 4, failed: ['Mean "price" > 1 (Value: 0.5)'] };
    expect(read(done, of, { RuleResults })).toMatchObject({ state: { is: 'succeeded', message: failing, output } });
  });

  test('a rule that could not be evaluated has not passed', () => {
    const more = { RuleResults: [{ Name: 'Rule_1', Result: 'ERROR' }] };
    expect(read(done, {}, more)).toMatchObject({ state: { is: 'failed', message: expect.stringContaining('Rule_1') } });
  });

  test('a message names three failed rules and the number of others', () => {
    const more = { RuleResults: Array.from({ length: 9 }, (_, index) => ({ Name: `Rule_${index}`, Result: 'FAIL' })) };
    const message = '0 of 9 rules passed. Failed: Rule_0; Rule_1; Rule_2, and 6 more';
    expect(read(done, {}, more)).toMatchObject({ state: { message } });
  });
});

test('the documented event triggers a look', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/data-quality-results.json`, 'utf8'));
  expect(readWorkEvent(event)).toMatchObject({
    kind: 'data-quality',
    name: 'orders-rules',
    id: 'dqrun-0123456789',
    state: { says: 'SUCCEEDED' },
  });
  expect(runs.event.onlyAsks).toBe(true);
});

test.each([
  ['table-reader', 'role/table-reader'],
  ['arn:aws:iam::111122223333:role/teams/data/table-reader', 'role/teams/data/table-reader'],
])('the role %s may be passed by its ARN', (role, tail) => {
  expect(dataQuality.things['evaluation-role'].resource(role)).toBe(tail);
});

const rest = { database: 'd', table: 't', role: 'r' };
test.each([
  [{ 'data-quality': 'rules', ...rest, partitions: "{% 'day = 1' %}", score: 0.5, below: 'succeed' }, []],
  [{ 'data-quality': 'rules' }, ['database', 'table', 'role']],
  [{ 'data-quality': 'rules', ...rest, score: 95 }, ['a number from 0 to 1']],
  [{ 'data-quality': 'rules', ...rest, role: 'arn:aws:iam::1:user/x' }, ['the name or the ARN of a role']],
  [{ 'data-quality': 'rules', ...rest, below: 'warn' }, ['below']],
  [{ dqdl: 'rules', ...rest }, ['data-quality']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { q: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
