import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createLocalWorker } from '../../../local/work/local-worker.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

test('a program gets the variables in the call', async () => {
  const command = [
    'node',
    '-e',
    'process.exitCode = process.env.DAY === "monday" && process.env.HOME === "here" ? 0 : 1',
  ];
  const pipeline = pipelineFrom({ pipeline: 'one', tasks: { load: { crawler: 'raw', local: { command } } } });
  const worker = createLocalWorker({
    clock: createVirtualClock(0),
    catalog: createCatalog([{ pipeline, stateMachineArn: 'm' }]),
    counterparts: { crawler: { environment: ({ day }) => ({ DAY: String(day) }) } },
    root: '.',
    env: () => ({ PATH: process.env.PATH, HOME: 'here' }),
  });
  const input = { day: 'monday' };
  const work = { id: '1', kind: 'crawler', name: 'raw', ordinal: 1, input, state: 'running', startedOn: 0 } as const;
  const end = await new Promise((resolve) => worker.plan('crawler', 'raw', input)?.(work, resolve));
  expect(end).toEqual({ state: 'succeeded' });
});
