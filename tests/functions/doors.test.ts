import { describe, expect, test } from 'vitest';
import * as finishRun from '../../functions/finish-run.ts';
import * as onObjects from '../../functions/on-objects.ts';
import * as onRunState from '../../functions/on-run-state.ts';
import * as onTaskEvent from '../../functions/on-task-event.ts';
import * as onTrigger from '../../functions/on-trigger.ts';
import * as reconcile from '../../functions/reconcile.ts';
import * as signal from '../../functions/signal.ts';
import * as startTask from '../../functions/start-task.ts';
import { executionStatusChange, jobStateChange } from '../shared/events/fixtures.ts';
import { callOf, World } from '../shared/world/world.ts';

const functions = { finishRun, onTaskEvent, onObjects, onRunState, onTrigger, signal, startTask };

test.each(Object.entries(functions))(
  '%s refuses a foreign event with an error that is not retried',
  async (_, { createHandler }) => {
    const handler = createHandler(new World().system);
    for (const event of [undefined, null, {}, { Records: 'x' }, { call: 'task' }]) {
      await expect(handler(event)).rejects.toMatchObject({ name: 'Gluewright.UnreadableEvent' });
    }
  },
);

test.each([
  ['start-task', startTask, callOf('t')],
  ['signal', signal, { run: 'r', gates: ['g'], tasks: {} }],
  ['finish-run', finishRun, { run: 'r', pipeline: 'orders', status: 'FAILED', lost: {} }],
])('%s throws a retryable error while the ledger is unavailable', async (_, { createHandler }, call) => {
  const world = new World();
  world.fault = (name) => {
    if (name === 'ledger.get') throw new Error('away');
  };
  if (call !== undefined && 'tasks' in call && 'gates' in call) Object.assign(call.tasks, { a: { status: 'failed' } });
  await expect(createHandler(world.system)(call)).rejects.toMatchObject({ name: 'Gluewright.Unavailable' });
});

test.each(Object.entries({ ...functions, reconcile }))('%s names the missing setting', async (_, { handler }) => {
  await expect(async () => handler({})).rejects.toMatchObject({ name: 'MissingSetting' });
});

describe('events are accepted', () => {
  test('of an unknown job run', async () => {
    const world = new World();
    const id = world.glue.foreign('orders-curate');
    world.glue.end(id, 'SUCCEEDED');
    expect(await onTaskEvent.createHandler(world.system)(jobStateChange({ jobRunId: id }))).toBeUndefined();
    expect(world.acts).not.toContain('glue.get');
  });

  test('of an unknown execution', async () => {
    const world = new World();
    expect(await onRunState.createHandler(world.system)(executionStatusChange())).toBeUndefined();
  });

  test('of a schedule', async () => {
    const world = new World();
    expect(await reconcile.createHandler(world.system)({ 'detail-type': 'Scheduled Event' })).toEqual({
      looked: 0,
      failed: 0,
    });
  });
});

test('no log line contains a token or an argument', async () => {
  const world = new World();
  const work = { kind: 'glue-job', job: 'extract', args: { secret: 'hush' }, inject: true } as const;
  await startTask.createHandler(world.system)(callOf(world.waitWith('token-1'), { work }));
  world.glue.end('jr_0001', 'FAILED', 'hush');
  await onTaskEvent.createHandler(world.system)(
    jobStateChange({ jobName: 'extract', jobRunId: 'jr_0001', state: 'FAILED' }),
  );
  expect(world.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(world.lines)).not.toMatch(/token-1|hush/);
});
