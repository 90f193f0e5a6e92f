import { expect, test } from 'vitest';
import { reachOf } from '../../../../shared/deploy/functions/function-scopes.ts';
import { grantsOf } from '../../../../shared/deploy/functions/operations.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { globalArn } from '../../../../shared/deploy/template/template.ts';
import type { Json } from '../../../../shared/json.ts';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { used } from '../../../../shared/tasks/kinds.ts';
import { type SensorWork, sensor } from '../../../../shared/tasks/sensor/sensor.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';
import { digest, settings } from '../../deploy/example.ts';

const { looks } = sensor.runs;
const of = (object: Json, seconds = 60): SensorWork => ({ kind: 'sensor', of: { object }, seconds });
const file = of('s3://landing/in/a.csv');
const found = { Key: 'in/a.csv', Size: 12, LastModified: new Date(1_000) };
const read = (answer: unknown, work = file) => looks.read(answer, work, 0, 60_000);

test('a look lists keys with this prefix, at most two', () => {
  expect(looks.call?.(file)).toEqual({
    call: 's3:ListObjectsV2',
    input: { Bucket: 'landing', Prefix: 'in/a.csv', MaxKeys: 2 },
  });
});

test('the output is the found object with its size, its time and when it was found', () => {
  const at = '1970-01-01T00:01:00.000Z';
  expect(read({ Contents: [found] })).toEqual({
    is: 'succeeded',
    says: 'found',
    message: `found s3://landing/in/a.csv at ${at}`,
    output: { object: 's3://landing/in/a.csv', size: 12, modified: '1970-01-01T00:00:01.000Z', foundAt: at },
  });
});

test('a folder’s own marker does not count as an object', () => {
  const folder = of('s3://landing/in/');
  expect(read({ Contents: [{ Key: 'in/' }] }, folder).is).toBe('open');
  expect(read({ Contents: [{ Key: 'in/' }, found] }, folder)).toMatchObject({
    output: { object: 's3://landing/in/a.csv' },
  });
});

test.each([
  ['nothing is listed', {}],
  ['the list is empty', { Contents: [] }],
  ['only another key begins alike', { Contents: [{ Key: 'in/a.csv.part' }] }],
  ['there is no such bucket', undefined],
  ['the answer cannot be read', { Contents: 'none' }],
])('keeps waiting if %s', (_, answer) => {
  expect(read(answer)).toEqual({ is: 'open', says: 'waiting' });
});

test.each([[7], [null], ['landing/a.csv'], ['s3://landing'], ['s3://landing/'], [['s3://landing/a']]])(
  'fails without a look or a retry if the expression gives %j',
  (object) => {
    expect(looks.call?.(of(object))).toBeUndefined();
    expect(read(undefined, of(object))).toMatchObject({ is: 'failed', final: true });
  },
);

const dataset = (interval: Json): SensorWork => ({ kind: 'sensor', of: { dataset: 'orders', interval }, seconds: 60 });
const day = { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' };

test.each([[null], [day]])('a dataset is looked up by its interval, %j', (interval) => {
  const input = { dataset: 'orders', interval };
  expect(looks.call?.(dataset(interval))).toEqual({ call: 'gluewright:GetDataset', input });
  expect(read({}, dataset(interval)).is).toBe('open');
  expect(read({ run: 'maker-x', at: 0 }, dataset(interval))).toMatchObject({
    is: 'succeeded',
    output: { ...input, run: 'maker-x', publishedAt: '1970-01-01T00:00:00.000Z' },
  });
});

test.each([['today'], [{ start: 'today', end: 'tomorrow' }]])(
  '%j is not an interval, and fails without a retry',
  (interval) => {
    expect(looks.call?.(dataset(interval))).toBeUndefined();
    expect(read(undefined, dataset(interval))).toMatchObject({ is: 'failed', final: true });
  },
);

test.each([
  ['the first is due after one interval', 0, 0, 300],
  ['a late one does not delay the next', 0, 399, 600],
  ['one on time is followed by the next', 0, 300, 600],
  ['a slow clock changes nothing', 10, 8, 310],
])('a look: %s', (_, since, now, due) => {
  expect(looks.due(of('s3://b/k', 300), since * 1_000, now * 1_000)).toBe(due * 1_000);
});

test('the role may list the buckets in the address or the expression', () => {
  const names = (object: Json) => sensor.uses(of(object)).map(({ name }) => name);
  expect(names('s3://landing/in/a.csv')).toEqual(['landing']);
  expect(names(`{% $params.old ? 's3://old/' & $params.day : "s3://new/in/" & $params.day %}`)).toEqual(['old', 'new']);
});

test.each([['s3://landing/a.csv'], ["{% 's3://landing/' & $run.id %}"]])(
  'on AWS, %s is in the settings’ bucket, which the functions may list but not read',
  (object) => {
    const tasks = { arrival: { sensor: { object } } };
    const pipeline = pipelineFrom({ pipeline: 'p', tasks });
    const onAws = pipelineOnAws(pipeline, settings, []);
    expect(onAws.tasks.flatMap((task) => used('watched-bucket', task))).toEqual(['acme-landing']);
    expect(grantsOf('s3:ListObjectsV2')).toContainEqual({ action: 's3:ListBucket', on: 'named watched-bucket' });
    const { things, objects } = reachOf('gluewright-test', [{ pipeline: onAws }], digest, ['acme-lake']);
    const arns = [globalArn('s3', 'acme-landing')];
    expect(things.get('named watched-bucket')).toEqual({ arns });
    expect(objects).toEqual({ arns: [] });
  },
);

function problemsOf(task: object) {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { arrival: task } }, 'p.yml');
  return problems.map(({ message, remedy }) => `${message}; ${remedy}`).join('\n');
}

test.each([
  [{ sensor: { object: 's3://landing/a.csv' } }],
  [{ sensor: { object: 's3://landing/in/' }, every: '5m', timeout: '6h' }],
  [{ sensor: { object: "{% 's3://landing/' & $run.id %}" } }],
  [{ sensor: { dataset: 'orders' } }],
  [{ sensor: { dataset: 'orders', interval: '{% $interval %}' } }],
])('%j is taken', (task) => {
  expect(problemsOf(task)).toBe('');
});

test.each([
  [{ sensor: { object: '/data/a.csv' } }, 'write s3://BUCKET/KEY'],
  [{ sensor: { object: 's3://landing' } }, 'write s3://BUCKET/KEY'],
  [{ sensor: { object: 's3://landing/*.csv' } }, 'there are no patterns'],
  [{ sensor: {} }, 'object'],
  [{ sensor: { object: 's3://landing/a', dataset: 'orders' } }, 'dataset'],
  [{ sensor: { dataset: 'orders', interval: 'day' } }, 'expression'],
  [{ sensor: { object: 's3://landing/a', key: 'b' } }, 'key'],
  [{ sensor: 's3://landing/a.csv' }, 'write `sensor: { object: "s3://landing/a.csv" }`'],
  [{ sensor: { object: 's3://landing/a' }, every: '10s' }, 'every: 1m'],
  [{ sensor: { object: 's3://landing/a' }, every: 'often' }, 'a duration'],
  [{ sensor: { object: "{% 's3://' & $buckets.landing & '/a' %}" } }, "'s3://BUCKET/'"],
  [{ sensor: { object: 's3://landing/a' }, local: { simulate: '1s' } }, 'put the object there'],
  [{ s3_key_sensor: 's3://landing/a' }, 'write `sensor: { object: "s3://BUCKET/KEY" }`'],
  [{ FileSensor: 's3://landing/a' }, 'write `sensor: { object: "s3://BUCKET/KEY" }`'],
])('%j is refused with a remedy', (task, said) => {
  expect(problemsOf(task)).toContain(said);
});
