import { expect, test } from 'vitest';
import { engineFixture } from '../../engine-fixture.ts';

const done = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };

test.each(['STANDARD', 'EXPRESS'])('nested distributed Maps of %s children keep their children apart', async (type) => {
  const config = { Mode: 'DISTRIBUTED', ExecutionType: type };
  const inner = { Type: 'Map', End: true, Label: 'in/ner', ItemProcessor: { ProcessorConfig: config, ...done } };
  const outer = {
    Type: 'Map',
    End: true,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Inner',
      States: { Inner: inner },
    },
  };
  const engine = engineFixture(async () => ({}));
  const machine = await engine.machine('nested', { StartAt: 'Outer', States: { Outer: outer } });
  const items = [[1, 2], [3, 4], [5]];
  const { status, output } = await engine.run(machine, items);
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: JSON.stringify(items) });
});
