import { expect, test } from 'vitest';
import { findUnequalIntervals } from '../../../../shared/pipeline/checks/find-unequal-intervals.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';

function pipelineOf(name: string, triggers: string) {
  return pipelineFrom(
    `pipeline: ${name}\ntriggers: { ${triggers} }\ntasks: { t: { glue-job: j, publishes: of_${name} } }\n`,
  );
}

const due = (interval: string, zone = 'UTC') =>
  `due: { schedule: "cron(0 3 * * ? *)", timezone: ${zone}, interval: ${interval} }`;
const all = 'up: { datasets: { all: [of_a, of_b] } }';

test.each([
  ['days and days', due('day'), due('day'), all, false],
  ['days and hours', due('day'), due('hour'), all, true],
  ['days of two zones', due('day'), due('day', 'Europe/Berlin'), all, true],
  ['days of one zone with two names', due('day'), due('day', 'Etc/UTC'), all, false],
  ['hours of two zones', due('hour'), due('hour', 'Europe/Berlin'), all, false],
  ['days and no interval', due('day'), 'o: { s3: { bucket: landing, key: "**" } }', all, true],
  ['hours and a dataset made from them', due('hour'), 'up: { datasets: { all: [of_a] } }', all, false],
  ['days and the days of a pipeline started by another’s end', due('day'), 'up: { pipeline: { name: a } }', all, false],
  ['days and a caller’s interval', due('day'), 'request: { api: true }', all, false],
  [
    'days and hours, each also on request',
    `${due('day')}, request: { api: true }`,
    `${due('hour')}, request: { api: true }`,
    all,
    true,
  ],
  ['days and a pipeline that only people start', due('day'), '', all, false],
  ['days and hours, one of which is enough', due('day'), due('hour'), 'up: { datasets: { any: [of_a, of_b] } }', false],
  [
    'days, hours, and an external dataset',
    due('day'),
    due('hour'),
    'up: { datasets: { all: [of_a, of_b, of_x] } }',
    false,
  ],
  [
    'days and hours, both required',
    due('day'),
    due('hour'),
    'up: { datasets: { at_least: 2, of: [of_a, of_b] } }',
    true,
  ],
])('a trigger that waits for %s', (_, a, b, c, never) => {
  const found = findUnequalIntervals([pipelineOf('a', a), pipelineOf('b', b), pipelineOf('c', c)]);
  expect(found).toMatchObject(
    never ? [{ pipeline: 'c', trigger: 'up', by: [{ dataset: 'of_a' }, { dataset: 'of_b' }] }] : [],
  );
});

test('cycles of datasets end the search', () => {
  const wait = (name: string) => `up: { datasets: { all: [of_${name}, of_a] } }`;
  expect(
    findUnequalIntervals([pipelineOf('a', due('day')), pipelineOf('b', wait('c')), pipelineOf('c', wait('b'))]),
  ).toEqual([]);
});

test('many pipelines in a row take no time', () => {
  const next = (at: number) => `up: { datasets: { all: [of_p${at}, of_q${at}] } }`;
  const layers = Array.from({ length: 60 }, (_, at) => at).flatMap((at) =>
    ['p', 'q'].map((name) => pipelineOf(`${name}${at + 1}`, next(at))),
  );
  const found = findUnequalIntervals([pipelineOf('p0', due('day')), pipelineOf('q0', due('hour')), ...layers]);
  expect(found.map(({ pipeline }) => pipeline)).toEqual(['p1', 'q1']);
});
