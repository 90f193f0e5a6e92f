import { AthenaClient, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { findWork } from '../../../shared/actors/begin-work.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { clientsWith } from '../../../shared/calls/clients.ts';
import type { Order } from '../../../shared/tasks/kind/work-state.ts';
import type { Work } from '../../../shared/tasks/kinds.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { World } from '../world/world.ts';

const order: Order<Work> = {
  ...{ run: 'orders-x', task: 'count', attempt: 1, timeout: 60, since: 0, tried: 0 },
  work: { kind: 'athena', query: 'SELECT 1', database: 'sales', workgroup: 'primary', args: [], result: null },
};

test.each([
  ['is not repeated if the run had ended before the attempt was recorded', true, false, 'too-late', 0],
  ['is repeated to find and stop its work if the end of the run has reached the task', true, true, 'started', 1],
  ['is repeated to find its work while the run goes on', false, false, 'started', 1],
])('a start without an answer %s', async (_, ended, stopped, expected, starts) => {
  const world = new World();
  const client = new AthenaClient({ region: 'eu-west-1' });
  const athena = mockClient(client).on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q-1' });
  const system = { ...world.system, clients: clientsWith({}, [client]) };
  await startRun(system, { pipeline: 'orders', cause: 'x' });
  if (ended) await finishRun(system, { run: 'orders-x', pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
  expect(await findWork(system, { do: 'find', order, attempt: 1, try: 1, stopped })).toMatchObject([{ is: expected }]);
  expect(athena.calls()).toHaveLength(starts);
});
