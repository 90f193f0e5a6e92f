import { expect, test } from 'vitest';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { badEndLine } from '../../../../shared/deploy/watch/failed-runs.ts';
import { onRunState } from '../../../../shared/use-cases/events/on-run-state.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { World } from '../../world/world.ts';

test.each([
  ['FAILED', 'orders', 1],
  ['TIMED_OUT', 'orders', 1],
  ['ABORTED', 'written-by-hand', 1],
  ['SUCCEEDED', 'orders', 0],
  ['RUNNING', 'orders', 0],
])('whether the alarm counts an execution that is %s, of %s', async (status, name, times) => {
  const world = new World();
  const stateMachineArn = `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;
  await onRunState(world.system, { executionArn: 'e', stateMachineArn, name: 'run-1', status });
  const said = world.lines.filter((line) => JSON.stringify(line).includes(badEndLine));
  expect(said).toEqual(times === 0 ? [] : [expect.objectContaining({ run: 'run-1', machine: name, status })]);
});

test.each([
  ['FAILED', 1],
  ['SUCCEEDED', 0],
] as const)('the alarm counts a run with a lost event only if it failed: %s', async (status, times) => {
  const world = new World();
  await startRun(world.system, { pipeline: 'orders', cause: 'x', trigger: { kind: 'api' } });
  const [execution] = world.sfn.executions;
  if (execution !== undefined) execution.status = status;
  world.pass(120);
  await reconcile(world.system);
  const said = world.lines.filter((line) => JSON.stringify(line).includes(badEndLine));
  expect(said).toEqual(
    times === 0 ? [] : [expect.objectContaining({ run: execution?.name, machine: 'orders', status })],
  );
});
