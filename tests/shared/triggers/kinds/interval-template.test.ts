import { expect, test } from 'vitest';
import { templateOf } from '../../../../shared/model/trigger.ts';
import { readPipeline } from '../../../../shared/pipeline/read-pipeline.ts';
import { nameInterval } from '../../../../shared/triggers/kinds/name-interval.ts';

const file = (trigger: string, params = 'day: { type: date }') => `pipeline: p
params: { ${params} }
triggers:
  t: { ${trigger} }
tasks: { a: { glue-job: j, args: { from: "{% $interval.start %}" } } }
`;

const s3 = (more: string, key = 'orders/{day}/*') => `s3: { bucket: landing, key: "${key}" }, ${more}`;

test('a date in the key is the run’s interval', () => {
  const { pipeline, problems } = readPipeline(file(s3('interval: "{day}", timezone: Europe/Berlin')), 'p.yml');
  expect(problems).toEqual([]);
  const trigger = pipeline?.triggers.t;
  expect(trigger).toMatchObject({ interval: { of: '{day}', timezone: 'Europe/Berlin' } });
  if (trigger === undefined) return;
  expect(nameInterval(templateOf(trigger), { day: '2026-03-29' })).toEqual({
    interval: { start: '2026-03-29T00:00:00+01:00', end: '2026-03-30T00:00:00+02:00' },
  });
});

test('several parameters may form the interval', () => {
  const params = 'y: { type: string }, m: { type: string }';
  const { pipeline, problems } = readPipeline(file(s3('interval: "{y}-{m}"', 'y={y}/m={m}/*'), params), 'p.yml');
  expect(problems).toEqual([]);
  const trigger = pipeline?.triggers.t;
  if (trigger === undefined) return;
  expect(nameInterval(templateOf(trigger), { y: '2026', m: '02' })).toMatchObject({
    interval: { start: '2026-02-01T00:00:00Z', end: '2026-03-01T00:00:00Z' },
  });
  expect(nameInterval(templateOf(trigger), { y: '2026', m: '2' })).toEqual({
    problem: '`2026-2` does not name an hour, day or month: write it like 2026-11-21T04, 2026-11-21 or 2026-11',
  });
});

test.each([
  ['an undeclared parameter', s3('interval: "{dya}"'), 'the interval is made of `dya`, which is not a parameter'],
  ['a parameter that the key does not bind', s3('interval: "{day}"', 'orders/*'), 'which the key does not bind'],
  ['a text without parameters', s3('interval: day'), 'should be a template of an hour, day or month'],
  ['a zone and no interval', s3('timezone: Europe/Berlin'), '`timezone` has no effect without `interval`'],
  ['a zone that does not exist', s3('interval: "{day}", timezone: Mars/Olympus'), 'there is no time zone'],
  ['no interval at all', s3('priority: 1'), '$interval is read here, but runs of the trigger `t` have no interval'],
])('%s is refused', (_, trigger, message) => {
  const { problems } = readPipeline(file(trigger), 'p.yml');
  expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
});

test('without an interval the remedy shows how to set one', () => {
  const { problems } = readPipeline(file(s3('priority: 1')), 'p.yml');
  expect(problems[0]?.remedy).toBe('bind {day} in the key, and add `interval: "{day}"` to the trigger');
});
