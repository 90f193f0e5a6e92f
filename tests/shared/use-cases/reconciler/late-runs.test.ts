import { describe, expect, test } from 'vitest';
import { findRun } from '../../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { lateLines } from '../../../../shared/deploy/watch/late-runs.ts';
import { runsPartition } from '../../../../shared/ledger/ledger-keys.ts';
import type { RunRules } from '../../../../shared/model/pipeline.ts';
import { domainEvents } from '../../../../shared/news/domain-events.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { simulate } from '../../../../testing/simulate.ts';
import { Crash, pipelineOf, World } from '../../world/world.ts';

const runs: RunRules = { max: 1, overlap: 'queue', deadlineSeconds: 7200, lateSeconds: 2700, onFailure: 'continue' };

function lateIn(world: World): unknown[] {
  return world.lines.filter((line) => JSON.stringify(line).includes(`"message":"${lateLines[0]}"`));
}

function toldIn(world: World): unknown[] {
  return world.told.filter(([type]) => type === 'Run Late').map(([, detail]) => detail);
}

describe('a run on the virtual clock', () => {
  test.each([
    ['slow', 3_300, 1],
    ['quick', 600, 0],
  ])('that is %s is reported late as often as due', async (_, seconds, times) => {
    const { history, status, askedAt } = await simulate(pipelineOf('orders', { runs }), {
      jobs: { extract: { seconds } },
    });
    const said = history.filter(({ message }) => message === lateLines[0]);
    expect(said).toHaveLength(times);
    for (const { at } of said) {
      expect(at - askedAt).toBeGreaterThanOrEqual(2700);
      expect(at - askedAt).toBeLessThanOrEqual(2760);
    }
    expect(status).toBe('SUCCEEDED');
  });
});

test('a queued run is late, too, and each is reported once', async () => {
  const world = new World([pipelineOf('orders', { runs })]);
  for (const cause of ['a', 'b']) await startRun(world.system, { pipeline: 'orders', cause });
  world.pass(2699);
  await reconcile(world.system);
  expect(lateIn(world)).toEqual([]);
  world.pass(1);
  for (const _ of [1, 2, 3]) await reconcile(world.system);
  expect(lateIn(world)).toHaveLength(2);
  for (const detail of toldIn(world)) expect(domainEvents['Run Late'].parse(detail)).toEqual(detail);
  expect(toldIn(world)).toMatchObject([
    { run: 'orders-a', status: 'RUNNING' },
    { run: 'orders-b', status: 'QUEUED' },
  ]);
  const listed = (await world.ledger.list(runsPartition())).items.map(({ value }) => value.late);
  expect(listed).toEqual([true, true]);
});

test('a run that has ended unnoticed is not late', async () => {
  const world = new World([pipelineOf('orders', { runs })]);
  await startRun(world.system, { pipeline: 'orders', cause: 'a' });
  for (const execution of world.sfn.executions) execution.status = 'SUCCEEDED';
  world.pass(3000);
  await reconcile(world.system);
  expect(await findRun(world, 'orders-a')).toMatchObject({ status: 'SUCCEEDED' });
  expect(lateIn(world)).toEqual([]);
});

test('no run is late without `late` in its pipeline', async () => {
  const world = new World();
  await startRun(world.system, { pipeline: 'orders', cause: 'a' });
  world.pass(7000);
  await reconcile(world.system);
  expect(lateIn(world)).toEqual([]);
});

test('a crash at any act of the reconciler repeats no report, and the run stays marked late', async () => {
  for (let act = 0; ; act++) {
    for (const after of [false, true]) {
      const world = new World([pipelineOf('orders', { runs })]);
      await startRun(world.system, { pipeline: 'orders', cause: 'a' });
      world.pass(3000);
      const before = world.acts.length;
      world.crashAt = { act: before + act, after };
      await reconcile(world.system).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      if (!world.crashed) return expect(act).toBeGreaterThan(4);
      world.restart();
      world.pass(60);
      await reconcile(world.system);
      expect(await findRun(world, 'orders-a')).toMatchObject({ late: true });
      expect(lateIn(world).length).toBeLessThanOrEqual(1);
      expect(toldIn(world).length).toBeLessThanOrEqual(1);
    }
  }
});
