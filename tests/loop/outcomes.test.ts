import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weight } from '../../shared/asl/split.ts';
import { present } from '../../shared/json.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Outcome, Outcomes } from '../../shared/protocol/outcome.ts';
import type { JobEnd } from '../../testing/job-behaviour.ts';
import { simulate } from '../../testing/simulate.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { expectedOutcomes, expectedStatus, type ModelTask } from './reference-model.ts';

const endsOf = ['succeeded', 'succeeded', 'succeeded', 'failed', 'timed_out', 'stopped', 'skipped'] as const;
const states: Record<ModelTask['ends'], NonNullable<JobEnd['state']>> = {
  succeeded: 'SUCCEEDED',
  skipped: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'TIMEOUT',
  stopped: 'STOPPED',
};

const draw = fc.record({
  edges: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 8, maxLength: 8 }),
  when: fc.constantFrom(
    'all_succeeded',
    'all_succeeded',
    'none_failed',
    'all_done',
    'any_succeeded',
    'any_failed',
    'at_least',
  ),
  tolerate: fc.constantFrom(true, false, false, false),
  milliseconds: fc.integer({ min: 1, max: 60_000 }),
  ends: fc.constantFrom(...endsOf),
  kept: fc.constantFrom(undefined, undefined, undefined, undefined, 'succeeded', 'skipped', 'failed'),
});

type Draw = typeof draw extends fc.Arbitrary<infer Value> ? Value : never;

/** Random tasks. No two jobs take equally long. */
const randomTasks = (keeps: boolean): fc.Arbitrary<ModelTask[]> =>
  fc
    .tuple(fc.array(draw, { minLength: 1, maxLength: 8 }), fc.integer({ min: 10, max: 60 }))
    .map((drawn) => tasksOf(drawn, keeps));

/** In layers, so that the same tasks read many others: each task after all or some of the previous layer. */
const layeredTasks: fc.Arbitrary<ModelTask[]> = fc
  .tuple(fc.array(draw, { minLength: 12, maxLength: 12 }), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }))
  .map(([draws, all]) => {
    const tasks = tasksOf([draws.map((one) => ({ ...one, edges: [] })), 0], true);
    return tasks.map((task, index) => {
      const layer = tasks.slice(Math.max(0, Math.floor(index / 4) * 4 - 4), Math.floor(index / 4) * 4);
      const after = layer
        .filter((_, other) => all[index] || (draws[index]?.edges[other] ?? 99) < 60)
        .map(({ name }) => name);
      const { when } = draws[index] ?? {};
      const rule = after.length === 0 || when === undefined || when === 'at_least' ? 'all_succeeded' : when;
      return { ...task, after, when: rule };
    });
  });

function tasksOf([draws, density]: readonly [readonly Draw[], number], keeps: boolean): ModelTask[] {
  return draws.map(({ edges, when, tolerate, milliseconds, ends, kept }, index) => {
    const after = draws.slice(0, index).flatMap((_, other) => ((edges[other] ?? 99) < density ? [`t-${other}`] : []));
    const rule =
      after.length === 0
        ? 'all_succeeded'
        : when === 'at_least'
          ? { atLeast: 1 + (milliseconds % after.length) }
          : when;
    const seconds = milliseconds / 1_000 + index * 61;
    const base = {
      name: `t-${index}`,
      after,
      when: rule,
      tolerate,
      seconds: Math.round(seconds * 1_000) / 1_000,
      ends,
    };
    return keeps && kept !== undefined ? { ...base, kept } : base;
  });
}

/** @param reads whether each task gets the output of its first upstream task */
function pipelineOf(tasks: readonly ModelTask[], reads = false): Pipeline {
  const written = tasks.map(({ name, after, when, tolerate, ends }) => [
    name,
    {
      'glue-job': 'job',
      ...(after.length === 0 ? {} : { after }),
      ...(after.length === 0 ? {} : { when: typeof when === 'string' ? when : { at_least: when.atLeast } }),
      ...(ends === 'skipped' ? { if: '{% 1 = 2 %}' } : {}),
      tolerate,
      ...(reads && after.length > 0 ? { args: { seen: seenOf(`$tasks.\`${after[0]}\`.output`) } } : {}),
    },
  ]);
  const value = { pipeline: 'random', runs: { deadline: '3d' }, tasks: Object.fromEntries(written) };
  return pipelineFrom(value);
}

function kept(tasks: readonly ModelTask[]): Outcomes {
  const entries = tasks.flatMap((task): [string, Outcome][] => {
    if (task.kept !== 'succeeded' && task.kept !== 'skipped' && task.kept !== 'failed') return [];
    const tolerated = task.kept === 'failed' && task.tolerate ? { tolerated: true as const } : {};
    return [[task.name, { status: task.kept, kept: true, ...tolerated }]];
  });
  return Object.fromEntries(entries);
}

async function expectAsModelled(tasks: readonly ModelTask[], room?: Weight): Promise<void> {
  const run = await simulate(pipelineOf(tasks), {
    jobs: Object.fromEntries(tasks.map(({ name, seconds, ends }) => [name, { seconds, state: states[ends] }])),
    keep: kept(tasks),
    ...present({ room }),
  });
  const expected = expectedOutcomes(tasks);
  const outcomes = Object.fromEntries(Object.entries(run.tasks).map(([name, { status }]) => [name, status]));
  expect(outcomes).toEqual(Object.fromEntries([...expected].map(([name, { status }]) => [name, status])));
  expect(run.status).toBe(expectedStatus(tasks, expected));
  for (const [name, { startedAt }] of expected) {
    const starts = run.tasks[name]?.jobRuns.map((jobRun) => jobRun.startedAt) ?? [];
    expect(starts).toEqual(startedAt === undefined ? [] : [expect.closeTo(startedAt, 2)]);
  }
  expect(run.seconds).toBeCloseTo(Math.max(...[...expected.values()].map(({ at }) => at)), 2);
}

function seenOf(output: string): string {
  return `{% $exists(${output}) ? ${output}.of : 'nothing' %}`;
}

/** Checks that each task got the output of its first upstream task, if it existed by then. */
async function expectOutputs(tasks: readonly ModelTask[], room?: Weight): Promise<void> {
  const run = await simulate(pipelineOf(tasks, true), {
    jobs: Object.fromEntries(
      tasks.map(({ name, seconds, ends }) => [name, { seconds, state: states[ends], output: { of: name } }]),
    ),
    ...present({ room }),
  });
  const expected = expectedOutcomes(tasks);
  for (const { name, after } of tasks) {
    const [started] = run.tasks[name]?.jobRuns ?? [];
    const [first] = after;
    const before = first === undefined ? undefined : expected.get(first);
    if (started === undefined || before === undefined) continue;
    const seen = before.status === 'succeeded' && before.at <= started.startedAt + 0.01 ? first : 'nothing';
    expect([name, started.arguments['--seen']]).toEqual([name, seen]);
  }
}

describe('a run', () => {
  it('ends as the reference model says, with every outcome of every task and every join rule', async () => {
    await fc.assert(
      fc.asyncProperty(randomTasks(false), (tasks) => expectAsModelled(tasks)),
      { numRuns: 60 },
    );
  });

  it('hears of a failure before its consequences if both come at once', async () => {
    const task = { after: [], when: 'all_succeeded', tolerate: true, seconds: 60, ends: 'succeeded' } as const;
    await expectAsModelled([
      { ...task, name: 't-0', tolerate: false, ends: 'timed_out' },
      { ...task, name: 't-1', after: ['t-0'], when: 'any_succeeded' },
      { ...task, name: 't-2', after: ['t-0', 't-1'], when: { atLeast: 2 } },
    ]);
  });

  it('bypasses kept tasks and counts their kept outcomes', async () => {
    await fc.assert(
      fc.asyncProperty(randomTasks(true), (tasks) => expectAsModelled(tasks)),
      { numRuns: 30 },
    );
  });

  it('ends as the model says if whole layers of tasks are scored together, in one machine or in many', async () => {
    const small = { bytes: 16_000, events: 300 };
    await fc.assert(
      fc.asyncProperty(layeredTasks, fc.boolean(), (tasks, splits) =>
        expectAsModelled(tasks, splits ? small : undefined),
      ),
      { numRuns: 30 },
    );
  });

  it('gives each task the outputs that it reads, in one machine or in many', async () => {
    const small = { bytes: 16_000, events: 300 };
    const unkept = layeredTasks.map((tasks) => tasks.map(({ kept: _, ...task }) => task));
    await fc.assert(
      fc.asyncProperty(unkept, fc.boolean(), (tasks, splits) => expectOutputs(tasks, splits ? small : undefined)),
      { numRuns: 20 },
    );
  });

  it('is the same if the pipeline is split into many state machines', async () => {
    const small = { bytes: 14_000, events: 280 };
    await fc.assert(
      fc.asyncProperty(randomTasks(true), (tasks) => expectAsModelled(tasks, small)),
      { numRuns: 30 },
    );
  });
});
