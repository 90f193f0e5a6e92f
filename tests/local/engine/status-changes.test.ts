import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { ExecutionStatusDetail } from '../../../local/engine/engine.ts';
import { createBus } from '../../../local/events/bus.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { engineFixture } from './engine-fixture.ts';
import { mortalStore } from './mortal-store.ts';

const wait = { Type: 'Wait', Seconds: 5, Next: 'Each' };
const each = {
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'P',
    States: { P: { Type: 'Pass', End: true } },
  },
  End: true,
};
const definition = { StartAt: 'W', States: { W: wait, Each: each } };

/** A process with an engine and a bus on the same file. It dies right after its n-th commit. */
async function live(database: DatabaseSync, told: string[], dieBehind: number) {
  const { store, isDead, commits } = mortalStore(database, dieBehind, () => bus.abandon());
  const entryOf = (detail: ExecutionStatusDetail) => ({ source: 'aws.states', detailType: 'Change', detail });
  const fixture = engineFixture(async () => ({}), {
    store,
    onStatusChange: (detail) => void (isDead() || bus.put(entryOf(detail))),
  });
  const { clock, engine } = fixture;
  const bus = createBus({ database, clock, uuid: () => 'id', account: '000000000000', region: 'eu-west-1' });
  bus.addRule({
    name: 'all',
    pattern: { source: ['aws.states'] },
    target: async ({ detail }) => void (isJsonObject(detail) && told.push(`${detail.name} ${detail.status}`)),
  });
  await engine.recover();
  bus.recover();
  return { ...fixture, isDead, commits };
}

const changes = (names: readonly string[]) => names.flatMap((name) => [`${name} RUNNING`, `${name} SUCCEEDED`]);

async function runAndDie(dieBehind: number) {
  const database = new DatabaseSync(':memory:');
  const told: string[] = [];
  const first = await live(database, told, dieBehind);
  const stateMachineArn = await first.machine('m', definition);
  const start = { stateMachineArn, name: 'one', input: '["a","b"]' };
  void first.call('StartExecution', start).catch(() => undefined);
  await first.clock.run(first.isDead);
  const last = first.isDead() ? await live(database, told, Number.POSITIVE_INFINITY) : first;
  await last.clock.run(() => false);
  return { told, commits: first.commits(), call: last.call };
}

describe('status changes', () => {
  test('are reported once each without a crash', async () => {
    const { told, commits } = await runAndDie(Number.POSITIVE_INFINITY);
    expect(told.filter((each) => each.startsWith('one'))).toEqual(changes(['one']));
    expect(commits).toBeGreaterThan(4);
  });

  test.each([1, 2, 3, 4, 5])(
    'are told when the process dies behind commit %i, before it told anybody',
    async (dieBehind) => {
      const { told, call } = await runAndDie(dieBehind);
      expect(told.filter((each) => each.startsWith('one'))).toEqual(changes(['one']));
      const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:m:one';
      const { mapRuns } = await call('ListMapRuns', { executionArn });
      const [mapRun] = Array.isArray(mapRuns) ? mapRuns : [];
      const mapRunArn: unknown = Reflect.get(Object(mapRun), 'mapRunArn');
      expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  test('are committed together with the change that they report', async () => {
    const database = new DatabaseSync(':memory:');
    const told: string[] = [];
    const { machine, call, clock } = await live(database, told, Number.POSITIVE_INFINITY);
    const stateMachineArn = await machine('m', definition);
    database.exec("CREATE TRIGGER full BEFORE INSERT ON event_deliveries BEGIN SELECT RAISE(ABORT, 'full'); END");
    const refused = call('StartExecution', { stateMachineArn, name: 'one', input: '["a"]' });
    await expect(refused).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(await call('ListExecutions', { stateMachineArn })).toEqual({ executions: [] });
    expect(told).toEqual([]);
    database.exec('DROP TRIGGER full');
    await clock.run(() => false);
    expect(told.filter((each) => each.startsWith('one'))).toEqual(changes(['one']));
  });
});
