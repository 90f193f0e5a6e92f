import { expect, test } from 'vitest';
import { findAbsentIntervals } from '../../../../shared/pipeline/checks/find-absent-intervals.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';

const daily = 'due: { schedule: "rate(1 day)", interval: day }';
const arriving = 'files: { s3: { bucket: landing, key: "{day}/*" }';
const sales = (triggers: string) =>
  pipelineFrom(`pipeline: sales
params: { day: { type: date, default: 2026-11-21 } }
triggers: { ${triggers} }
tasks: { t: { glue-job: j, publishes: revenue } }`);

const finance = (trigger: string, reads = '$interval.start') =>
  pipelineFrom(`pipeline: finance
params: { day: { type: string, default: "{% ${reads} %}" } }
triggers: { up: { ${trigger} } }
tasks: { t: { glue-job: j } }`);

const byDataset = 'datasets: { all: [revenue] }';

test.each([
  ['a dataset that is also published without an interval', `${daily}, ${arriving} }`, finance(byDataset), true],
  ['the end of runs, some without an interval', `${daily}, ${arriving} }`, finance('pipeline: { name: sales }'), true],
  ['a dataset of days only', daily, finance(byDataset), false],
  ['a dataset whose arrivals have an interval', `${arriving}, interval: "{day}" }`, finance(byDataset), false],
  ['a dataset without intervals, and reads none', `${arriving} }`, finance(byDataset, '$run.id'), false],
  [
    'a dataset without intervals, and tests for one',
    `${arriving} }`,
    finance(byDataset, "$exists($interval) ? $interval.start : 'none'"),
    false,
  ],
])('a pipeline that follows %s', (_, triggers, follower, absent) => {
  expect(findAbsentIntervals([sales(triggers), follower])).toEqual(
    absent ? [{ pipeline: 'finance', trigger: 'up', reader: 'the default of `day`' }] : [],
  );
});
