import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { describeRemovals, liveRemovals } from '../../../infra/machines/live-removals.ts';

const sfn = mockClient(SFNClient);
afterEach(() => sfn.reset());

const arn = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;

/** @param running the number of live executions of each deployed machine */
function deployed(running: Readonly<Record<string, number>>): void {
  const names = Object.keys(running);
  sfn.on(ListStateMachinesCommand).resolves({
    stateMachines: names.map((name) => ({
      name,
      stateMachineArn: arn(name),
      type: 'STANDARD',
      creationDate: new Date(0),
    })),
  });
  for (const [name, count] of Object.entries(running)) {
    const executions = Array.from({ length: count }, (_, index) => ({
      executionArn: `${name}:${index}`,
      stateMachineArn: arn(name),
      name: String(index),
      status: 'RUNNING' as const,
      startDate: new Date(0),
    }));
    sfn.on(ListExecutionsCommand, { stateMachineArn: arn(name), statusFilter: 'RUNNING' }).resolves({ executions });
  }
}

const removals = (...kept: string[]) => liveRemovals({ region: 'eu-west-1' }, 'acme-dev', new Set(kept));

test('a pipeline with live runs is not removed, since that would kill its executions', async () => {
  deployed({ 'acme-dev-orders': 2, 'acme-dev-sales': 1, 'other-dev-orders': 3 });
  const live = await removals('acme-dev-sales');
  expect(live).toEqual([{ machine: 'acme-dev-orders', running: 2 }]);
  expect(describeRemovals(live, 'acme-dev', 'dev')).toContain('npx gluewright pause orders --stage dev');
});

test('a part is not removed while runs of its pipeline may still enter it', async () => {
  deployed({ 'acme-dev-orders': 1, 'acme-dev-orders-part-1': 0 });
  expect(await removals('acme-dev-orders')).toEqual([{ machine: 'acme-dev-orders-part-1', running: 1 }]);
});

test('a part whose name was cut is not removed while runs of its pipeline may start it', async () => {
  const long = `acme-dev-${'orders-'.repeat(9)}`;
  const [parent, part] = [long.slice(0, 72), `${long.slice(0, 71)}-0a1b2c3d`];
  deployed({ [parent]: 1, [part]: 0 });
  expect(await removals(parent)).toEqual([{ machine: part, running: 1 }]);
});

test('a pipeline without live runs is removed', async () => {
  deployed({ 'acme-dev-orders': 0, 'acme-dev-orders-part-1': 0 });
  expect(await removals()).toEqual([]);
});
