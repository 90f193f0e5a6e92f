import { beforeEach, describe, expect, test } from 'vitest';
import { findRun } from '../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import type { RunRules } from '../../../shared/model/pipeline.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { rerun } from '../../../shared/use-cases/requests/rerun.ts';
import { stopRun } from '../../../shared/use-cases/requests/stop-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';

let world: World;

function begin(rules: Partial<RunRules> = {}): void {
  const runs: RunRules = { max: 1, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue', ...rules };
  world = new World([
    pipelineOf('orders', {
      runs,
      params: { day: { type: 'date', default: '{% $interval.start %}' } },
      tasks: [taskOf('extract'), taskOf('report', ['extract'])],
    }),
  ]);
}
beforeEach(() => begin());

const interval = { start: '2026-11-20', end: '2026-11-21' };

async function start(cause: string): Promise<string> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause, interval });
  if (answer.is === 'refused') throw new Error(answer.problems.join());
  return answer.run.id;
}

const status = async (id: string) => (await findRun(world.system, id))?.status;
const finish = (run: string, outcome: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED') =>
  finishRun(world.system, { run, pipeline: 'orders', status: outcome, lost: {} });
const changed = (name: string, to: string) => {
  const execution = world.sfn.executions.find((other) => other.name === name);
  if (execution !== undefined) execution.status = to;
  const executionArn = `${machine.replace('stateMachine', 'execution')}orders:${name}`;
  return onRunState(world.system, { executionArn, stateMachineArn: `${machine}orders`, name, status: to });
};

describe('a run', () => {
  test('is claimed, and started under its id with its parameters', async () => {
    const id = await start('nightly-2026-11-20');
    expect(id).toBe('orders-nightly-2026-11-20');
    expect(world.sfn.executions).toMatchObject([
      {
        name: id,
        input: {
          run: { id, pipeline: 'orders', startedAt: '2026-11-20T04:00:00.000Z' },
          params: { day: '2026-11-20' },
          interval,
        },
      },
    ]);
    expect(await status(id)).toBe('RUNNING');
  });

  test('of the same cause is the same run, even long after its end', async () => {
    const id = await start('a');
    expect(await start('a')).toBe(id);
    await finish(id);
    expect(await start('a')).toBe(id);
    expect(world.sfn.executions).toHaveLength(1);
  });

  test.each([
    [{ pipeline: 'none', cause: 'a' }, 'there is no pipeline none'],
    [{ pipeline: 'orders', cause: 'a' }, 'day'],
    [{ pipeline: 'orders', cause: 'a', params: { day: 'soon' } }, 'day'],
    [{ pipeline: 'orders', cause: 'a', params: { day: '2026-11-20', week: 3 } }, 'week'],
  ])('with invalid input is refused with the reason: %j', async (request, reason) => {
    const answer = await startRun(world.system, request);
    expect(answer.is === 'refused' ? answer.problems.join() : '').toContain(reason);
    expect(world.sfn.executions).toEqual([]);
  });

  test('that Step Functions refuses is FAILED, and frees its slot', async () => {
    world.fault = (name) => {
      if (name === 'sfn.start')
        throw Object.assign(new Error('gone'), {
          name: 'InvalidExecutionInput',
          $metadata: { httpStatusCode: 400 },
        });
    };
    const id = await start('a');
    expect(await findRun(world.system, id)).toMatchObject({
      status: 'FAILED',
      error: 'InvalidExecutionInput',
      settled: true,
    });
    world.fault = undefined;
    expect(await status(await start('b'))).toBe('RUNNING');
  });

  test('that Step Functions cannot start now is started by the reconciler', async () => {
    world.fault = (name) => {
      if (name === 'sfn.start') throw new Error('throttled');
    };
    const id = await start('a');
    expect(await status(id)).toBe('PENDING');
    world.fault = undefined;
    await reconcile(world.system);
    expect(await status(id)).toBe('RUNNING');
    expect(world.sfn.executions).toHaveLength(1);
  });

  test('is listed by time, for all pipelines and for its own', async () => {
    begin({ max: 5 });
    const ids: string[] = [];
    for (const cause of ['z', 'a', 'm']) {
      ids.push(await start(cause));
      world.pass(1);
    }
    for (const partition of ['runs', 'runs#orders']) {
      const { items } = await world.ledger.list(partition, { descending: true });
      expect(items.map(({ value }) => value.id)).toEqual(ids.toReversed());
    }
    await finish(ids[0] ?? '');
    expect((await world.ledger.list('runs')).items[0]?.value).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('runs over the pipeline’s limit', () => {
  test('wait, and start in order as slots become free', async () => {
    const ids = [await start('a'), await start('b'), await start('c')];
    const [a = '', b = '', c = ''] = ids;
    expect(await Promise.all(ids.map(status))).toEqual(['RUNNING', 'QUEUED', 'QUEUED']);
    await finish(a);
    expect(await Promise.all(ids.map(status))).toEqual(['SUCCEEDED', 'RUNNING', 'QUEUED']);
    await finish(a);
    await changed(a, 'SUCCEEDED');
    expect(await status(c)).toBe('QUEUED');
    await finish(b);
    expect(await status(c)).toBe('RUNNING');
  });

  test('are skipped if the pipeline says so', async () => {
    begin({ overlap: 'skip' });
    const a = await start('a');
    const b = await start('b');
    expect([await status(a), await status(b)]).toEqual(['RUNNING', 'SKIPPED']);
    await finish(a);
    expect(await status(await start('c'))).toBe('RUNNING');
    expect(world.sfn.executions).toHaveLength(2);
  });

  test('replace the live run and the queued ones if the pipeline says so', async () => {
    begin({ overlap: 'cancel_running' });
    world.fault = (name) => {
      if (name === 'sfn.describe') throw new Error('throttled');
    };
    const a = await start('a');
    const b = await start('b');
    const c = await start('c');
    expect(world.sfn.executions.map((execution) => execution.status)).toEqual(['ABORTED']);
    expect(await status(b)).toBe('SKIPPED');
    await changed(a, 'ABORTED');
    expect([await status(a), await status(c)]).toEqual(['ABORTED', 'RUNNING']);
    // the first newer run, which caused the stop
    expect(await findRun(world.system, a)).toMatchObject({ cancelledBy: b });
  });
});

describe('a run’s end', () => {
  const token = () => world.waitWith('t1');

  test.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
    '%s stops its jobs, and is settled once they have stopped',
    async (end) => {
      const id = await start('a');
      const next = await start('b');
      await startTask(world.system, callOf(token(), { run: id }));
      await changed(id, end);
      expect(world.glue.runs[0]?.JobRunState).toBe('STOPPING');
      expect([await status(id), await status(next)]).toEqual([end, 'QUEUED']);
      world.glue.end('jr_0001', 'STOPPED');
      await jobEnded(world.system, 'extract', 'jr_0001', 'STOPPED');
      expect([await status(id), await status(next)]).toEqual([end, 'RUNNING']);
      expect((await readRun(world.ledger, id, []))?.tasks).toMatchObject([
        { name: 'extract', state: 'stopped' },
        { name: 'report', state: 'not_run' },
      ]);
    },
  );

  test('is retried until the jobs have stopped, and found without an event', async () => {
    const id = await start('a');
    await startTask(world.system, callOf(token(), { run: id }));
    const execution = world.sfn.executions[0];
    if (execution !== undefined) execution.status = 'ABORTED';
    world.fault = (name) => {
      if (name === 'glue.stop') throw new Error('throttled');
    };
    await reconcile(world.system);
    expect(await status(id)).toBe('ABORTED');
    expect(world.glue.stops).toBe(0);
    world.fault = undefined;
    await reconcile(world.system);
    expect(world.glue.runs[0]?.JobRunState).toBe('STOPPING');
    world.glue.end('jr_0001', 'STOPPED');
    await reconcile(world.system);
    await reconcile(world.system);
    expect((await findRun(world.system, id))?.settled).toBe(true);
    expect(await world.open()).toEqual([]);
  });

  test('prevents further starts', async () => {
    const id = await start('a');
    await changed(id, 'ABORTED');
    await startTask(world.system, callOf(token(), { run: id }));
    expect(world.glue.runs).toEqual([]);
    expect(world.sfn.tokens.get('t1')).toMatchObject({ error: 'Glue.JobStopped' });
  });

  test('removes the run’s attempts from a job’s queue', async () => {
    world.glue.maxConcurrent.extract = 0;
    const id = await start('a');
    await startTask(world.system, callOf(token(), { run: id }));
    await changed(id, 'TIMED_OUT');
    expect((await findRun(world.system, id))?.settled).toBe(true);
    expect((await world.ledger.list('queue#glue-job#extract')).items).toEqual([]);
  });

  test('is idempotent, in any order of events', async () => {
    const id = await start('a');
    await changed(id, 'SUCCEEDED');
    await finish(id);
    await changed(id, 'RUNNING');
    await changed(id, 'SUCCEEDED');
    expect(await findRun(world.system, id)).toMatchObject({
      status: 'SUCCEEDED',
      finished: { lost: {} },
      settled: true,
    });
  });

  test('of another state machine’s execution is ignored', async () => {
    const detail = { executionArn: 'e', stateMachineArn: `${machine}orders-part-1`, name: 'x', status: 'FAILED' };
    await onRunState(world.system, detail);
    expect(await readRun(world.ledger, 'x', [])).toBeUndefined();
  });

  test('of an execution that somebody started by hand is recorded and cleaned up', async () => {
    await startTask(world.system, callOf(token(), { run: 'by-hand' }));
    await changed('by-hand', 'ABORTED');
    expect(await status('by-hand')).toBe('ABORTED');
    expect(world.glue.runs[0]?.JobRunState).toBe('STOPPING');
  });
});

describe('stopping', () => {
  test('a run stops its execution, and then its open attempts', async () => {
    const id = await start('a');
    await startTask(world.system, callOf(world.waitWith('t1'), { run: id }));
    await stopRun(world.system, id);
    expect(world.sfn.executions[0]?.status).toBe('ABORTED');
    expect(await status(id)).toBe('ABORTED');
    expect(world.glue.runs[0]?.JobRunState).toBe('STOPPING');
  });

  test('a queued run removes it from the queue', async () => {
    const a = await start('a');
    const b = await start('b');
    await stopRun(world.system, b);
    await finish(a);
    expect(await status(b)).toBe('ABORTED');
    expect(world.sfn.executions).toHaveLength(1);
  });

  test('an unknown run is reported as unknown', async () => {
    expect(await stopRun(world.system, 'x')).toBeUndefined();
  });
});

describe('a rerun', () => {
  async function failed(): Promise<string> {
    const id = await start('a');
    world.objects.set(`out/outputs/${id}/extract-1.json`, '{"rows":3}');
    await startTask(world.system, callOf(world.waitWith('t1'), { run: id, outputLimit: 100 }));
    world.glue.end('jr_0001', 'SUCCEEDED');
    await jobEnded(world.system, 'extract', 'jr_0001', 'SUCCEEDED');
    await finishRun(world.system, {
      run: id,
      pipeline: 'orders',
      status: 'FAILED',
      lost: { report: { error: 'States.QueryEvaluationError' } },
    });
    return id;
  }

  test('keeps succeeded tasks with their outputs, under the next free id', async () => {
    const id = await failed();
    const answer = await rerun(world.system, id, { failed: true });
    expect(answer).toMatchObject({ is: 'run', run: { id: `${id}-r2`, rerunOf: id, status: 'RUNNING' } });
    expect(world.sfn.executions[1]).toMatchObject({
      name: `${id}-r2`,
      input: {
        params: { day: '2026-11-20' },
        interval,
        keep: { extract: { status: 'succeeded', kept: true, output: { rows: 3 } } },
      },
    });
    await finish(`${id}-r2`, 'FAILED');
    expect(await rerun(world.system, `${id}-r2`, { only: ['report'] })).toMatchObject({
      is: 'run',
      run: { id: `${id}-r3`, rerunOf: `${id}-r2` },
    });
    expect(world.sfn.executions[2]?.input).toMatchObject({ keep: { extract: { output: { rows: 3 }, kept: true } } });
  });

  test('with another request’s key is refused, and with its own key is the same rerun', async () => {
    const id = await failed();
    const how = { from: ['report', 'extract'], params: { day: '2026-11-20' } };
    expect(await rerun(world.system, id, how, 'k')).toMatchObject({ is: 'run', run: { id: `${id}-r2` }, again: false });
    const repeated = await rerun(world.system, id, { ...how, from: ['extract', 'report'] }, 'k');
    expect(repeated).toMatchObject({ is: 'run', run: { id: `${id}-r2` }, again: true });
    for (const other of [
      { ...how, from: ['report'] },
      { ...how, params: {} },
      { ...how, interval },
    ]) {
      expect(await rerun(world.system, id, other, 'k')).toMatchObject({
        is: 'refused',
        problems: [`k was the key of ${id}-r2, another rerun`],
      });
    }
  });

  test.each([
    ['of an unknown run', 'x', {}, 'no run x'],
    ['of an unknown task', undefined, { from: ['repotr'] }, 'no task repotr'],
  ])('%s is refused', async (_, id, how, reason) => {
    const answer = await rerun(world.system, id ?? (await failed()), how);
    expect(answer.is === 'refused' ? answer.problems.join() : '').toContain(reason);
  });

  test('of a live run is refused', async () => {
    const answer = await rerun(world.system, await start('a'), { failed: true });
    expect(answer.is).toBe('refused');
  });
});
