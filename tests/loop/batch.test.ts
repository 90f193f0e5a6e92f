import { expect, test } from 'vitest';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

test('an array job is one piece of work', async () => {
  const pipeline = pipelineFrom({ pipeline: 'one', tasks: { load: { batch: 'load', queue: 'spot', size: 100 } } });
  await simulated([pipeline], {}, async (simulator) => {
    expect((await playRun(simulator, 'one')).tasks).toMatchObject({ load: { status: 'succeeded' } });
    expect(simulator.works()).toHaveLength(1);
  });
});
