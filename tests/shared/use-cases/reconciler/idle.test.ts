import { expect, test } from 'vitest';
import type { Trigger } from '../../../../shared/model/trigger.ts';
import { createCatalog } from '../../../../shared/services/catalog.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from '../../world/job-ended.ts';
import { machine, pipelineOf, World } from '../../world/world.ts';

const nightly: Trigger = { kind: 'schedule', expression: 'cron(0 3 * * ? *)', timezone: 'UTC' };
const withSchedules = Array.from({ length: 200 }, (_, index) => pipelineOf(`p${index}`, { triggers: { nightly } }));

async function sweepActs(world: World): Promise<string[]> {
  world.pass(60);
  world.acts = [];
  await reconcile(world.system);
  return world.acts;
}

test('an idle sweep reads the lists of due and open items once, and writes nothing', async () => {
  const world = new World();
  await reconcile(world.system);
  const acts = await sweepActs(world);
  expect(acts.filter((act) => act !== 'ledger.list')).toEqual(['ledger.get']);
  expect(acts.length).toBeLessThan(20);
});

test('two hundred nightly schedules add one read to a sweep', async () => {
  const idle = new World();
  await reconcile(idle.system);
  const world = new World(withSchedules);
  await reconcile(world.system);
  expect(await sweepActs(world)).toHaveLength((await sweepActs(idle)).length + 1);
});

test('a time that the scheduler missed starts within minutes, beside 199 other schedules', async () => {
  const world = new World([
    ...withSchedules,
    pipelineOf('daily', { triggers: { nightly: { ...nightly, interval: 'day', catchup: 'latest' } } }),
  ]);
  await reconcile(world.system);
  world.now = Date.parse('2026-11-21T02:55:00Z');
  for (let minute = 0; minute < 20; minute += 1) await sweepActs(world);
  expect(world.sfn.executions.map(({ name }) => name)).toEqual([expect.stringContaining('daily-nightly')]);
});

test('the next sweep checks schedules that a deployment changed', async () => {
  const world = new World(withSchedules.slice(0, 1));
  await reconcile(world.system);
  const rate: Trigger = { kind: 'schedule', expression: 'rate(1 day)', timezone: 'UTC' };
  const pipeline = pipelineOf('p0', { triggers: { nightly: rate } });
  const catalog = createCatalog([{ pipeline, stateMachineArn: `${machine}p0` }]);
  world.pass(60);
  await reconcile({ ...world.system, catalog });
  const record = await world.ledger.get({ partition: 'schedule#p0', sort: 'nightly' });
  expect(record?.value.expression).toBe('rate(1 day) UTC');
});

test('the end of an unrelated job causes no call of Glue and no log line', async () => {
  const world = new World();
  await jobEnded(world.system, 'strangers', 'jr_x', 'SUCCEEDED');
  expect(world.acts.filter((act) => act.startsWith('glue.'))).toEqual([]);
  expect(world.lines).toEqual([]);
});

test('the end of a job with a trigger is looked up in Glue', async () => {
  const trigger: Trigger = { kind: 'glue-job', job: 'upstream', states: ['SUCCEEDED'] };
  const world = new World([pipelineOf('orders', { triggers: { trigger } })]);
  const id = world.glue.foreign('upstream');
  world.glue.end(id, 'SUCCEEDED');
  await jobEnded(world.system, 'upstream', id, 'SUCCEEDED');
  expect(world.acts).toContain('glue.get');
  expect(world.sfn.executions).toHaveLength(1);
});
