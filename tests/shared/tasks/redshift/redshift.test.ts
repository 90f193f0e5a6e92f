import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';
import { redshift } from '../../../../shared/tasks/redshift/redshift.ts';
import type { RedshiftWork } from '../../../../shared/tasks/redshift/redshift-work.ts';

const { runs } = redshift;
const stack = { name: 'test', outputBucket: 'out' };
const work: RedshiftWork = {
  kind: 'redshift',
  statements: ['CALL load(:day)'],
  database: 'dev',
  cluster: 'dwh',
  workgroup: null,
  secret: null,
  user: 'etl',
  args: { day: '2026-11-20' },
};
const order: Order<RedshiftWork> = { run: 'r1', task: 'publish', attempt: 1, work, timeout: 90, since: 0, tried: 0 };

describe('statements begin', () => {
  test('with their parameters, their user, and the event that ends them', () => {
    expect(runs.begin(order, stack)).toEqual({
      call: 'redshift-data:ExecuteStatement',
      input: {
        Sql: 'CALL load(:day)',
        Database: 'dev',
        ClusterIdentifier: 'dwh',
        DbUser: 'etl',
        Parameters: [{ name: 'day', value: '2026-11-20' }],
        StatementName: 'gluewright/r1/publish/1/dwh',
        ClientToken: expect.stringMatching(/^gluewright-[a-z0-9]{25}$/),
        WithEvent: true,
      },
    });
  });

  test('as one transaction if there are several', () => {
    const statements = ['DELETE FROM a', 'INSERT INTO a SELECT * FROM b'];
    const of = { ...work, statements, args: {}, cluster: null, workgroup: 'etl', user: null, secret: 'dwh/etl' };
    const { call, input } = runs.begin({ ...order, work: of }, stack);
    expect(call).toBe('redshift-data:BatchExecuteStatement');
    expect(input).toMatchObject({ Sqls: statements, WorkgroupName: 'etl', SecretArn: 'dwh/etl' });
    for (const absent of ['Sql', 'Parameters', 'ClusterIdentifier', 'DbUser']) expect(input).not.toHaveProperty(absent);
  });

  test('with a token of their attempt', () => {
    const token = (of: Order<RedshiftWork>, from = stack) =>
      Object.entries(runs.begin(of, from).input).find(([key]) => key === 'ClientToken');
    expect(token({ ...order, tried: 99 })).toEqual(token(order));
    expect(token({ ...order, attempt: 2 })).not.toEqual(token(order));
    expect(token(order, { ...stack, name: 'other' })).not.toEqual(token(order));
  });

  test('with JSON for values that are not strings, and without null values', () => {
    const args = { day: "x'; DROP TABLE a; --", count: 7, tags: ['a'], none: null };
    expect(runs.begin({ ...order, work: { ...work, args } }, stack).input).toMatchObject({
      Sql: 'CALL load(:day)',
      Parameters: [
        { name: 'day', value: "x'; DROP TABLE a; --" },
        { name: 'count', value: '7' },
        { name: 'tags', value: '["a"]' },
      ],
    });
  });
});

describe('reading Redshift’s answers', () => {
  const read = (answer: object) => runs.ask.read(answer, { id: 's1', stack });

  test.each([
    ['waits', { Status: 'SUBMITTED' }, { is: 'open', says: 'SUBMITTED' }],
    ['is picked', { Status: 'PICKED' }, { is: 'open', says: 'PICKED' }],
    ['runs', { Status: 'STARTED' }, { is: 'open', says: 'STARTED' }],
    ['has an unknown status', { Status: 'UNKNOWN' }, { is: 'open', says: 'UNKNOWN' }],
    ['failed', { Status: 'FAILED', Error: 'no table' }, { is: 'failed', says: 'FAILED', message: 'no table' }],
    [
      'failed in one of several statements',
      { Status: 'FAILED', SubStatements: [{ ResultRows: 1 }, { Error: 'no column' }] },
      { is: 'failed', says: 'FAILED', message: 'no column' },
    ],
    ['was cancelled', { Status: 'ABORTED' }, { is: 'stopped', says: 'ABORTED' }],
    [
      'finished with rows',
      { Status: 'FINISHED', ResultRows: 12 },
      { is: 'succeeded', says: 'FINISHED', output: { statement: 's1', rows: 12 } },
    ],
    [
      'finished without a count',
      { Status: 'FINISHED', ResultRows: -1 },
      { is: 'succeeded', says: 'FINISHED', output: { statement: 's1' } },
    ],
    [
      'finished after several statements',
      { Status: 'FINISHED', ResultRows: -1, SubStatements: [{ ResultRows: 4 }, { ResultRows: -1 }, { ResultRows: 5 }] },
      { is: 'succeeded', says: 'FINISHED', output: { statement: 's1', rows: 9 } },
    ],
  ])('a statement that %s', (_, answer, state) => {
    expect(read(answer)).toEqual({ id: 's1', state, times: {} });
  });

  test('a statement has an end time only after it has ended', () => {
    const times = { CreatedAt: new Date(1_000), UpdatedAt: new Date(4_000), Duration: 2_500_000_000 };
    expect(read({ Status: 'STARTED', ...times, Duration: -1 })).toMatchObject({ times: { startedOn: 1_000 } });
    expect(read({ Status: 'FINISHED', ...times })).toMatchObject({
      times: { startedOn: 1_000, completedOn: 4_000, executionSeconds: 2.5 },
    });
  });

  test('an answer without a status says nothing', () => {
    expect(read({})).toBeUndefined();
  });
});

test('the documented event ends the statement, and names its cluster', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/redshift-finished.json`, 'utf8'));
  const id = 'dd2e1ec9-1111-49a0-819f-0123456789ab';
  expect(readWorkEvent(event)).toEqual({
    kind: 'redshift',
    name: 'dwh',
    id,
    state: { is: 'succeeded', says: 'FINISHED', output: { statement: id, rows: 1 } },
  });
  expect(runs.name(work)).toBe('dwh');
});

const login = (of: Partial<RedshiftWork>) =>
  redshift.uses({ ...work, user: null, ...of }).map(({ what, name }) => `${what} ${name}`);

test.each<[string, Partial<RedshiftWork>, string[]]>([
  ['a user of a cluster', { user: 'etl' }, ['redshift-user dwh/etl', 'redshift-user-database dwh/dev']],
  ['the role itself', {}, ['redshift-role-database dwh/dev']],
  ['the role itself, in a workgroup', { cluster: null, workgroup: 'etl' }, ['redshift-credentials etl']],
  ['a secret', { secret: 'dwh/etl' }, ['redshift-secret dwh/etl']],
])('the role may log in as %s, and in no other way', (_, of, expected) => {
  const place = of.workgroup === undefined ? 'redshift-cluster dwh' : 'redshift-workgroup etl';
  expect(login(of)).toEqual([place, 'redshift-statement any', ...expected]);
});

test.each([
  ['dwh/etl', 'secret:dwh/etl-??????'],
  ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:dwh/etl-a1B2c3', 'secret:dwh/etl-a1B2c3'],
])('the secret %s has the ARN %s', (secret, tail) => {
  expect(redshift.things['redshift-secret'].resource(secret)).toBe(tail);
});

const at = { database: 'dev', cluster: 'dwh' };
test.each([
  [{ redshift: 'SELECT 1', ...at, user: 'etl' }, []],
  [{ redshift: ['SELECT :a', 'SELECT :b'], ...at, args: { a: 1, b: "{% 'x' %}" } }, []],
  [{ redshift: 'SELECT \':a\', ":b", d::date, a[1:n] -- :c\n/* :d */ FROM $$ :e $$', ...at }, []],
  [{ redshift: 'SELECT :day', ...at }, ['parameter `:day`, but `args` has no `day`']],
  [{ redshift: 'SELECT 1', ...at, args: { day: 1 } }, ['no statement has a parameter `:day`']],
  [{ redshift: ['SELECT 1', "SELECT '{% $run.id %}'"], ...at }, ['cannot contain an expression']],
  [{ redshift: 'SELECT 1', database: 'dev' }, ['names no cluster and no workgroup']],
  [{ redshift: 'SELECT 1', ...at, workgroup: 'etl' }, ['a cluster or a workgroup']],
  [{ redshift: 'SELECT 1', database: 'dev', workgroup: 'etl', user: 'x' }, ['remove `user`']],
  [{ redshift: 'SELECT 1', ...at, secret: 's', user: 'x' }, ['the secret names the user']],
  [{ redshift: 'SELECT 1', ...at, timeout: '25h' }, ['24 hours at most']],
  [{ redshift: 'SELECT {% 1 %}', ...at, timeout: '25h' }, ['cannot contain an expression', '24 hours at most']],
  [{ redshift: 'SELECT 1', cluster: 'dwh' }, ['database']],
  [{ redshift: 'SELECT 1', database: 'dev', ClusterIdentifier: 'dwh' }, ['write `cluster:`']],
  [{ executeStatement: 'SELECT 1', ...at }, ['redshift']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { q: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
