import {
  DeleteStateMachineVersionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { removeOldVersions } from '../../../infra/machines/remove-old-versions.ts';

const sfn = mockClient(SFNClient);
afterEach(() => sfn.reset());

const arn = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;

/** Days on which a version was made. The number of a version is its day. */
type Machine = { readonly versions: readonly number[]; readonly running?: readonly number[] };

function deployed(machines: Readonly<Record<string, Machine>>): void {
  const creationDate = new Date(0);
  sfn.on(ListStateMachinesCommand).resolves({
    stateMachines: Object.keys(machines).map((name) => ({
      name,
      stateMachineArn: arn(name),
      type: 'STANDARD',
      creationDate,
    })),
  });
  for (const [name, { versions, running = [] }] of Object.entries(machines)) {
    const stateMachineArn = arn(name);
    const page = (days: readonly number[]) =>
      days.map((day) => ({ stateMachineVersionArn: `${stateMachineArn}:${day}`, creationDate: new Date(day) }));
    // two pages, newest first
    const newest = versions.toReversed();
    sfn
      .on(ListStateMachineVersionsCommand, { stateMachineArn })
      .resolves({ stateMachineVersions: page(newest.slice(0, 5)), nextToken: 'more' });
    sfn
      .on(ListStateMachineVersionsCommand, { stateMachineArn, nextToken: 'more' })
      .resolves({ stateMachineVersions: page(newest.slice(5)) });
    sfn.on(ListExecutionsCommand, { stateMachineArn, statusFilter: 'RUNNING' }).resolves({
      executions: running.map((day) => ({
        executionArn: `${name}:${day}`,
        name: String(day),
        stateMachineArn,
        stateMachineVersionArn: `${stateMachineArn}:${day}`,
        status: 'RUNNING',
        startDate: creationDate,
      })),
    });
  }
  sfn.on(DeleteStateMachineVersionCommand).resolves({});
}

const days = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** @param own the names of the stack's machines */
async function removed(...own: readonly string[]): Promise<string[]> {
  const count = await removeOldVersions({ region: 'eu-west-1' }, 'acme-dev', own);
  const deleted = sfn.commandCalls(DeleteStateMachineVersionCommand).map(({ args }) => args[0].input);
  expect(count).toBe(deleted.length);
  return deleted.map(({ stateMachineVersionArn }) => stateMachineVersionArn?.split(':stateMachine:')[1] ?? '').sort();
}

test('the latest ten versions of a machine and those of live executions stay', async () => {
  deployed({ 'acme-dev-orders': { versions: days(14), running: [2, 13] }, 'other-dev-orders': { versions: days(20) } });
  expect(await removed('acme-dev-orders')).toEqual(['acme-dev-orders:1', 'acme-dev-orders:3', 'acme-dev-orders:4']);
});

test('versions of another stack’s machines stay, even if its name has the same prefix', async () => {
  deployed({ 'acme-dev-orders': { versions: days(11) }, 'acme-dev-tools-prod-load': { versions: days(20) } });
  expect(await removed('acme-dev-orders')).toEqual(['acme-dev-orders:1']);
});

test('a machine with few versions is not asked for its executions', async () => {
  deployed({ 'acme-dev-orders': { versions: days(10) } });
  expect(await removed('acme-dev-orders')).toEqual([]);
  expect(sfn.commandCalls(ListExecutionsCommand)).toEqual([]);
});

test.each([
  ['nothing runs', [], [1, 2, 3, 6]],
  ['a run began when the part changed', [6], [1, 2, 3]],
  ['a run began while the part did not change', [4], [1, 2]],
])('versions of a part stay while its parent’s runs may start them: %s', async (_, running, expected) => {
  deployed({
    'acme-dev-orders': { versions: days(9), running },
    'acme-dev-orders-part-1': { versions: [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] },
  });
  expect(await removed('acme-dev-orders', 'acme-dev-orders-part-1')).toEqual(
    expected.map((day) => `acme-dev-orders-part-1:${day}`),
  );
});

test('of a part with a name that was cut, versions stay that runs of any machine with its beginning may start', async () => {
  const long = `acme-dev-${'orders-'.repeat(9)}`;
  const [parent, part] = [long.slice(0, 72), `${long.slice(0, 71)}-0a1b2c3d`];
  expect(part).toHaveLength(80);
  deployed({ [parent]: { versions: days(9), running: [2] }, [part]: { versions: days(14) } });
  expect(await removed(parent, part)).toEqual([`${part}:1`]);
});

test('a version that an alias names stays', async () => {
  deployed({ 'acme-dev-orders': { versions: days(12) } });
  sfn
    .on(DeleteStateMachineVersionCommand, { stateMachineVersionArn: `${arn('acme-dev-orders')}:1` })
    .rejects(Object.assign(new Error('it is named by live'), { name: 'ConflictException' }));
  expect(await removeOldVersions({ region: 'eu-west-1' }, 'acme-dev', ['acme-dev-orders'])).toBe(1);
});
