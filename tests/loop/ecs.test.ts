import { ECSClient } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

test.each([
  ['Capacity is unavailable at this time', 'succeeded', 1],
  ['ATTRIBUTE', 'failed', 0],
])('a task that ECS cannot place, for the reason %s, is %s', async (reason, expected, count) => {
  const pipeline = pipelineFrom({ pipeline: 'one', tasks: { models: { ecs: 'dbt', subnets: 'subnet-1' } } });
  await simulated([pipeline], {}, async (simulator) => {
    let left = 1;
    simulator.runtime.clients.of(ECSClient).middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          commandName === 'RunTaskCommand' && left-- > 0
            ? Promise.resolve({ response: {}, output: { $metadata: {}, tasks: [], failures: [{ reason }] } })
            : next(args),
      { step: 'initialize' },
    );
    expect((await playRun(simulator, 'one')).tasks.models?.status).toBe(expected);
    expect(simulator.works()).toHaveLength(count);
  });
});
