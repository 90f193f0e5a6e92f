import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectRun, simulate } from 'gluewright/testing';
import { expect, test } from 'vitest';

function write(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'orders.yml');
  writeFileSync(path, text);
  return path;
}

const guarded = write(`pipeline: orders
triggers: { request: { api: true } }
tasks:
  all: { glue-job: etl, if: "{% $exists($interval) ? false : true %}" }
  one: { glue-job: etl, if: "{% $exists($interval) ? $interval.start = '2026-11-19T00:00:00Z' : false %}" }
`);

test('`$exists($interval)` is false in a run without an interval, as documented', async () => {
  const run = await simulate(guarded);
  expectRun(run).toHaveSucceeded();
  expect(run.tasks).toMatchObject({ all: { status: 'succeeded' }, one: { status: 'skipped' } });
});

test('`$exists($interval)` is true in a run with one', async () => {
  const interval = { start: '2026-11-19T00:00:00Z', end: '2026-11-20T00:00:00Z' };
  const run = await simulate(guarded, { interval });
  expect(run.tasks).toMatchObject({ all: { status: 'skipped' }, one: { status: 'succeeded' } });
});

test('`$buckets.NAME` is the name of the bucket: locally the one in the file', async () => {
  const file = write(`pipeline: orders
params: { target: { type: string, default: "{% 's3://' & $buckets.lake & '/raw' %}" } }
tasks:
  load:
    glue-job: etl
    if: "{% $params.target = 's3://lake/raw' and $buckets.landing = 'landing' %}"
`);
  expect((await simulate(file)).tasks).toMatchObject({ load: { status: 'succeeded' } });
});
