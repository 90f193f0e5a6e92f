import { expect, test } from 'vitest';
import { startOrBury } from '../../../../shared/actors/start-or-dead-letter.ts';
import { refusalLines } from '../../../../shared/deploy/watch/refusals.ts';
import { onObjects } from '../../../../shared/use-cases/events/on-objects.ts';
import { World } from '../../world/world.ts';

test('an unreported refusal is a log line that the stack’s alarm counts', async () => {
  const said: string[] = [];
  const system = { ...new World().system, log: ({ message }: { readonly message: string }) => void said.push(message) };
  const request = { pipeline: 'orders', cause: 'x', trigger: { kind: 'cli' as const }, params: { unknown: 1 } };
  expect((await startOrBury(system, request)).is).toBe('refused');
  expect(said.filter((line) => refusalLines.some((counted) => counted === line))).toEqual([
    'run refused',
    'dead letter kept',
  ]);

  said.length = 0;
  await onObjects(system, [{ messageId: '1', body: 'no json' }]);
  expect(said).toContain('dead letter kept');
});
