import { expect, test } from 'vitest';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { finishRun } from '../../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../../shared/use-cases/events/start-task.ts';
import { readTaskStates } from '../../../../shared/use-cases/requests/read-task-states.ts';
import { jobEnded } from '../../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../../world/world.ts';

const orders = pipelineOf('orders', { tasks: [taskOf('extract'), taskOf('load', ['extract'])] });

/** The partitions that are listed while the states are read, and the states. */
async function read(world: World, run: string) {
  const listed: string[] = [];
  const ledger = {
    ...world.system.ledger,
    list: (...asked: Parameters<typeof world.system.ledger.list>) => {
      listed.push(asked[0]);
      return world.system.ledger.list(...asked);
    },
  };
  return { answer: await readTaskStates({ ledger }, run, [orders]), listed };
}

test('the records of the tasks of a settled run are read once', async () => {
  const world = new World([orders]);
  const started = await startRun(world.system, { pipeline: 'orders', cause: 'a', trigger: { kind: 'cli' } });
  const run = started.is === 'run' ? started.run.id : '';
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  const live = { run, status: 'RUNNING', settled: false, states: { extract: 'running', load: 'waiting' } };
  expect(await read(world, run)).toEqual({ answer: live, listed: [`run#${run}`] });
  expect(await read(world, run)).toEqual({ answer: live, listed: [`run#${run}`] });
  world.glue.end('jr_0001', 'FAILED', 'away');
  await jobEnded(world.system, 'extract', 'jr_0001', 'FAILED');
  await finishRun(world.system, { run, pipeline: 'orders', status: 'FAILED', lost: {} });
  const executionArn = `${machine.replace(':stateMachine:', ':execution:')}orders:${run}`;
  await onRunState(world.system, { executionArn, stateMachineArn: `${machine}orders`, name: run, status: 'FAILED' });
  const states = { extract: 'failed', load: 'upstream_failed' };
  const over = { run, status: 'FAILED', settled: true, states };
  expect(await read(world, run)).toEqual({ answer: over, listed: [`run#${run}`] });
  expect(await read(world, run)).toEqual({ answer: over, listed: [] });
});

test('a run that does not exist has no states', async () => {
  expect(await readTaskStates(new World([orders]).system, 'none', [orders])).toBeUndefined();
});
