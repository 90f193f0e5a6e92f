import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { pipelineFrom } from '../../pipeline-from.ts';
import { createProject, gluewright } from '../project-folder.ts';

const orders = `pipeline: orders
params: { day: { type: date } }
runs: { max: 10 }
triggers:
  csv: { s3: { bucket: landing, key: "orders/{day}/*.csv" }, batch: { size: 2, window: 1h } }
tasks: { load: { glue-job: load } }
`;
const files = { 'statemachines/orders.yml': orders, 'jobs/jobs.yml': 'jobs: { load: {} }\n' };

/** Objects arrive, with the same bytes each, and some time passes. */
async function arrive(root: string, ...keys: string[]): Promise<void> {
  const pipeline = pipelineFrom(orders);
  const home = join(root, '.gluewright');
  mkdirSync(home, { recursive: true });
  const clock = createVirtualClock(Date.UTC(2026, 10, 22));
  const simulate = () => ({ seconds: 60, state: 'SUCCEEDED' }) as const;
  const runtime = await openRuntime({ home, clock, pipelines: [pipeline], jobs: { load: jobOf('load') }, simulate });
  for (const key of keys) runtime.s3.put('landing', key, Buffer.from('1,2,3'));
  const end = clock.now() + 600_000;
  await clock.run(() => clock.now() >= end);
  await runtime.close();
}

const jobOf = (name: string) => ({ name, type: 'pythonshell', args: {}, maxConcurrentRuns: 5 }) as const;

test('where says of an object which batch and which run it is in, or that the batch is open', async () => {
  const root = createProject(files);
  await arrive(root, 'orders/2026-11-22/a b+%20é.csv', 'orders/2026-11-22/b.csv', 'orders/2026-11-22/c.csv');
  const { code, out } = await gluewright(root, 'where', 's3://landing/orders/2026-11-22/a b+%20é.csv');
  expect(out).toMatch(
    /orders\.csv, version [0-9a-f]{32}\n +batch orders\.csv\.[0-9a-z]{25}\.1\n +run orders-csv-\S+: SUCCEEDED/,
  );
  expect(code).toBe(0);
  expect((await gluewright(root, 'where', 's3://landing/orders/2026-11-22/c.csv')).out).toContain(
    'its batch is open, until 2026-11-22 01:00:00 UTC at the latest',
  );
  const [, run = ''] = /run (\S+): SUCCEEDED/.exec(out) ?? [];
  expect((await gluewright(root, 'show', run)).out).toContain(
    'caused by  2 objects of s3://landing (batch ended by size), by the trigger csv',
  );
});

test.each([
  ['orders/2026-11-22/a.json', 'expects `.csv` after `orders/2026-11-22/`, but the key has `a.json`'],
  ['order/2026-11-22/a.csv', 'expects `orders/` at the start of the key, but the key has `order/2026-11-22/a.csv`'],
  ['orders/2026-11-22', 'expects `/` after `orders/2`, but the key has `026-11-22`'],
  ['orders/2026-11-22/x/a.csv', 'expects `.csv` after `orders/2026-11-22/`, but the key has `x/a.csv`'],
  ['orders/2026-11-22/x.csv', 'has not arrived; orders.csv would receive it'],
])('where says of %s, which has no run, why', async (key, why) => {
  const root = createProject(files);
  const { code, out } = await gluewright(root, 'where', `s3://landing/${key}`);
  expect(out).toContain(why);
  expect(code).toBe(3);
});

test('what binds no value of a parameter is a dead letter, listed with its reason, and stays one when it is tried again', async () => {
  const root = createProject(files);
  expect((await gluewright(root, 'dead-letters')).out).toBe('no dead letters\n');
  await arrive(root, 'orders/soon/a.csv', 'orders/soon/b.csv');
  expect((await gluewright(root, 'dead-letters')).out).toContain('the parameter `day` should be a date');
  const again = await gluewright(root, 'dead-letters', '--replay');
  expect(again).toMatchObject({ code: 1, out: expect.stringContaining('still failing') });
  expect((await gluewright(root, 'where', 's3://landing/orders/soon/a.csv')).out).toContain('its run was refused');
});

test('where says of an object that is there which filter it does not pass, its size among them', async () => {
  const sized = orders.replace('*.csv"', '*.csv", size: { min: 10 }');
  const root = createProject({
    ...files,
    'statemachines/orders.yml': sized,
    '.gluewright/s3/landing/orders/2026-11-22/a.csv': '1,2,3',
    '.gluewright/s3/landing/orders/2026-11-22/b.csv': '1,2,3,4,5,6,7',
  });
  const small = await gluewright(root, 'where', 's3://landing/orders/2026-11-22/a.csv');
  expect(small).toMatchObject({ code: 3, out: expect.stringContaining('orders.csv: the object has 5 bytes') });
  const large = await gluewright(root, 'where', 's3://landing/orders/2026-11-22/b.csv');
  expect(large.out).toContain('exists, but was not received; orders.csv receives new objects');
});
