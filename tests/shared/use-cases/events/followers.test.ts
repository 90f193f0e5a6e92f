import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler as onTaskEventHandler } from '../../../../functions/on-task-event.ts';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { finishRun } from '../../../../shared/use-cases/events/finish-run.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { jobStateChange } from '../../events/fixtures.ts';
import { Crash, pipelineOf, World } from '../../world/world.ts';

const rules = { max: 100, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' } as const;
const circle = ['a', 'b', 'c'].map((name, at, all) =>
  pipelineOf(name, {
    runs: rules,
    triggers: { before: { kind: 'pipeline', pipeline: all.at(at - 1) ?? '', statuses: ['SUCCEEDED'] } },
  }),
);

let world: World;
beforeEach(() => {
  world = new World([
    pipelineOf('orders'),
    pipelineOf('report', {
      params: { day: { type: 'string', default: '{% $run.trigger.params.day %}' } },
      triggers: { orders: { kind: 'pipeline', pipeline: 'orders', statuses: ['SUCCEEDED', 'FAILED'] } },
    }),
    pipelineOf('load', {
      runs: rules,
      triggers: { exported: { kind: 'glue-job', job: 'export', states: ['SUCCEEDED', 'ERROR'] } },
    }),
  ]);
});

const started = (pipeline: string, of = world) =>
  of.sfn.executions.flatMap(({ input }) => {
    const { run, params } = JSON.parse(JSON.stringify(input));
    return run.pipeline === pipeline ? [{ trigger: run.trigger, params, id: run.id }] : [];
  });

async function start(of: World, pipeline: string, cause = 'test'): Promise<string> {
  const answer = await startRun(of.system, { pipeline, cause });
  if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
  return answer.run.id;
}

describe('the end of a pipeline’s run', () => {
  test('starts the pipelines that wait for it once, with its parameters', async () => {
    world = new World([
      pipelineOf('orders', { params: { day: { type: 'string', default: 'monday' } } }),
      ...world.system.catalog.pipelines.slice(1).map(({ pipeline }) => pipeline),
    ]);
    const run = await start(world, 'orders');
    const end = { run, pipeline: 'orders', status: 'FAILED', lost: {} } as const;
    await finishRun(world.system, end);
    await finishRun(world.system, end);
    await reconcile(world.system);
    expect(started('report')).toMatchObject([
      {
        params: { day: 'monday' },
        trigger: { kind: 'pipeline', name: 'orders', pipeline: 'orders', run, status: 'FAILED' },
      },
    ]);
  });

  test('starts them even if the process dies', async () => {
    const simple = () =>
      new World([
        pipelineOf('orders'),
        pipelineOf('next', { triggers: { t: { kind: 'pipeline', pipeline: 'orders', statuses: ['SUCCEEDED'] } } }),
      ]);
    const whole = simple();
    const run = await start(whole, 'orders');
    const before = whole.acts.length;
    await finishRun(whole.system, { run, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
    for (let act = before; act < whole.acts.length; act++) {
      for (const after of [false, true]) {
        const dying = simple();
        dying.crashAt = { act, after };
        const end = { run: await start(dying, 'orders'), pipeline: 'orders', status: 'SUCCEEDED', lost: {} } as const;
        await expect(finishRun(dying.system, end), `${whole.acts[act]}`).rejects.toThrow(Crash);
        dying.restart();
        // the state retries, and the reconciler looks
        await finishRun(dying.system, end);
        await reconcile(dying.system);
        expect(started('next', dying), `${whole.acts[act]} ${act} ${after}`).toHaveLength(1);
      }
    }
  });

  test('in a cycle stops with a reason', async () => {
    world = new World(circle);
    await start(world, 'a');
    for (let round = 0; round < 20; round++) {
      for (const { name } of [...world.sfn.executions]) {
        const pipeline = name.slice(0, 1);
        await finishRun(world.system, { run: name, pipeline, status: 'SUCCEEDED', lost: {} });
      }
    }
    expect(world.sfn.executions).toHaveLength(11);
    const [letter] = (await world.ledger.list('dead-letters')).items;
    expect(JSON.stringify(letter?.value)).toContain('in a cycle');
  });
});

describe('the end of a foreign job run', () => {
  const arrive = (jobRunId: string, state: string) =>
    onTaskEventHandler(world.system)(jobStateChange({ jobName: 'export', jobRunId, state }));

  test('starts the pipelines that wait for it once', async () => {
    const jobRunId = world.glue.foreign('export');
    world.glue.end(jobRunId, 'SUCCEEDED');
    await arrive(jobRunId, 'SUCCEEDED');
    await arrive(jobRunId, 'SUCCEEDED');
    expect(started('load')).toMatchObject([
      { trigger: { kind: 'glue-job', name: 'exported', job: 'export', jobRunId } },
    ]);
  });

  test('in another state starts nothing', async () => {
    const jobRunId = world.glue.foreign('export');
    world.glue.end(jobRunId, 'FAILED');
    await arrive(jobRunId, 'FAILED');
    expect(started('load')).toEqual([]);
  });

  test('of our own starts nothing', async () => {
    const jobRunId = world.glue.foreign('export', {
      '--gluewright_stack': 'test',
      '--gluewright_run': 'r',
      '--gluewright_task': 't',
      '--gluewright_attempt': '1',
    });
    world.glue.end(jobRunId, 'SUCCEEDED');
    await arrive(jobRunId, 'SUCCEEDED');
    await reconcile(world.system);
    expect(started('load')).toEqual([]);
  });

  test('is found by asking without an event, unless it was over before the trigger existed', async () => {
    const early = world.glue.foreign('export');
    world.glue.end(early, 'SUCCEEDED');
    const run = world.glue.runs.find(({ Id }) => Id === early);
    if (run !== undefined) run.CompletedOn = new Date(world.now - 1);
    await reconcile(world.system);
    expect(started('load')).toEqual([]);
    world.glue.end(world.glue.foreign('export'), 'ERROR');
    world.pass(60);
    await reconcile(world.system);
    await reconcile(world.system);
    expect(started('load')).toMatchObject([{ trigger: { state: 'ERROR' } }]);
  });
});
