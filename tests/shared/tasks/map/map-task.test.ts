import { expect, test } from 'vitest';
import { reachOf } from '../../../../shared/deploy/functions/function-scopes.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { globalArn } from '../../../../shared/deploy/template/template.ts';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { kindOf } from '../../../../shared/tasks/kinds.ts';
import { type MapWork, mapTask } from '../../../../shared/tasks/map/map-task.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';
import { digest, settings } from '../../deploy/example.ts';

const work = (fields: object): MapWork => {
  const read = mapTask.file.read({ map: 'inner', over: ['a'], ...fields });
  if (read === undefined) throw new Error('not read');
  return read;
};
const begin = { run: 'r', task: 't', attempt: 2, timeout: 60, since: 0, tried: 0 };
const read = (answer: unknown) => mapTask.runs.ask.read(answer, { id: 'r/t/2', stack: { name: '', outputBucket: '' } });

test('values with $item or $index become one string that the state does not evaluate', () => {
  const params = { region: '{% $item %}', at: { place: ['{% $index %}', '{% $run.id %}'] }, run: '{% $run.id %}' };
  const interval = { start: '{% $item.start %}', end: '{% $item.end %}' };
  const read = work({ params, interval });
  expect(read.params).toEqual({ run: '{% $run.id %}' });
  expect(read.interval).toBeUndefined();
  expect(JSON.parse(read.each ?? '')).toEqual({ params: { region: params.region, at: params.at }, interval });
  expect(read.each).not.toMatch(/^\{%/);
  expect(mapTask.file.values(read)).toEqual({ over: ['a'], params: { ...params }, interval });
});

test('$items is not the variable $item', () => {
  expect(work({ params: { a: '{% $items %}' } }).each).toBeUndefined();
});

test.each([
  [undefined, { items: 0 }],
  [3, { items: 3 }],
  ['2.5%', { percent: 2.5 }],
])('`failures: %s` tolerates that many', (failures, tolerated) => {
  expect(work(failures === undefined ? {} : { failures }).tolerated).toEqual(tolerated);
});

test('a start names the attempt, and needs nothing from the answer', () => {
  const order = { ...begin, work: work({ max: 4, outputs: 'load' }) };
  expect(mapTask.runs.begin(order)).toEqual({
    call: 'gluewright:StartMap',
    input: {
      ...{ pipeline: 'inner', over: { list: ['a'] }, params: {}, tolerated: { items: 0 }, outputs: ['load'] },
      ...{ concurrency: 4, parent: { run: 'r', task: 't', attempt: 2 } },
    },
  });
  expect(mapTask.runs.begun({}, order)).toBe('r/t/2');
  const { call, read: found } = mapTask.runs.find;
  expect(call(order)).toEqual({ call: 'gluewright:GetMap', input: { run: 'r', task: 't', attempt: 2 } });
  expect(found({}, order).items).toEqual([]);
  expect(found({ state: 'open', says: '0 of 1 done' }, order).items).toMatchObject([{ id: 'r/t/2' }]);
});

test('each answer maps to a state', () => {
  expect(read({})).toBe('gone');
  expect(read({ state: 'open', says: '1 of 2 done' })).toMatchObject({ state: { is: 'open', says: '1 of 2 done' } });
  const output = { items: 2 };
  expect(read({ state: 'succeeded', message: '2 of 2 done', output })).toMatchObject({
    state: { is: 'succeeded', message: '2 of 2 done', output },
  });
  for (const is of ['failed', 'stopped']) expect(read({ state: is, message: 'why' })).toMatchObject({ state: { is } });
});

test('the functions may list and read only buckets that addresses and expressions name', () => {
  const over = [
    { objects: 's3://landing/in/' },
    { objects: "{% 's3://lake/' & $run.id & '/' %}" },
    { rows: 's3://landing/list.csv' },
    { rows: '{% $tasks.a.output.result %}' },
  ];
  const tasks = Object.fromEntries(over.map((each, at) => [`t${at}`, { map: 'inner', over: each, after: 'a' }]));
  const a = { athena: 'SELECT 1', database: 'sales' };
  const pipeline = pipelineFrom({ pipeline: 'p', tasks: { a, ...tasks } });
  const onAws = pipelineOnAws(pipeline, settings, []);
  const { things } = reachOf('gluewright-test', [{ pipeline: onAws }], digest, []);
  expect(things.get('named mapped-bucket')?.arns).toEqual([
    globalArn('s3', 'acme-lake'),
    globalArn('s3', 'acme-landing'),
  ]);
  expect(things.get('named mapped-file')?.arns).toEqual([globalArn('s3', 'acme-landing/*')]);
});

function problemsOf(task: object): string {
  const { problems } = readPipelineValue(
    { pipeline: 'p', tasks: { a: { map: 'inner', over: [1], ...task } } },
    'p.yml',
  );
  return problems.map(({ message, remedy }) => `${message}; ${remedy}`).join('\n');
}

test.each([
  ['$tasks in an expression of the item', { params: { x: '{% $item & $tasks.b.output.x %}' } }, 'cannot read $tasks'],
  ['$item where there is none', { over: '{% $item %}' }, 'there is no variable $item'],
  ['a folder in an unknown bucket', { over: { objects: '{% $params.x %}' } }, "'s3://BUCKET/' & …"],
  ['an unknown source', { over: { files: 'x' } }, '`dates`, `objects` or `rows`'],
  ['an unknown step', { over: { dates: { from: '2026-01-01', to: '2026-01-02', by: 'year' } } }, 'by: day'],
  [
    'a day that does not exist',
    { over: { dates: { from: '2026-02-01', to: '2026-02-30', by: 'day' } } },
    '"to":"2026-02-30"',
  ],
  ['a share without its sign', { failures: '5' }, 'failures: 5%'],
  ['another tool’s word for the limit', { maxConcurrency: 5 }, 'max: 10'],
  ['another tool’s word for the items', { ItemsPath: '$.a' }, 'over:'],
])('%s is refused', (_, task, message) => {
  expect(problemsOf(task)).toContain(message);
});

test.each(['foreach', 'expand', 'with_items', 'matrix', 'DistributedMap'])(
  'the remedy for `%s`, a word of another tool, is `map`',
  (word) => {
    const { problems } = readPipelineValue({ pipeline: 'p', tasks: { a: { [word]: ['x'] } } }, 'p.yml');
    expect(problems.map(({ remedy }) => remedy).join()).toContain('`map: ');
  },
);

test('`map` is a kind of task', () => {
  expect(kindOf('map').kind).toBe('map');
});
