import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome, Outcomes } from '../../../../shared/protocol/outcome.ts';
import { planRerun, type RerunHow } from '../../../../shared/runs/run/plan-rerun.ts';
import type { Work } from '../../../../shared/tasks/kinds.ts';
import { pipelineOf, taskOf } from '../../world/world.ts';

// a → c → d, b → c, e alone; in the file the last come first
const pipeline = pipelineOf('p', {
  tasks: [taskOf('d', ['c']), taskOf('c', ['a', 'b']), taskOf('a'), taskOf('b'), taskOf('e')],
});
const done: Outcome = { status: 'succeeded', output: { n: 1 } };
const bFailed: Outcomes = {
  a: done,
  b: { status: 'failed', error: 'Glue.JobFailed' },
  c: { status: 'upstream_failed' },
  d: { status: 'upstream_failed' },
  e: { status: 'skipped' },
};
const allDone: Outcomes = { a: done, b: done, c: done, d: done, e: done };

describe('what runs again', () => {
  test.each<[string, Outcomes, RerunHow, string[]]>([
    ['by default: failed tasks and the tasks after them', bFailed, {}, ['d', 'c', 'b']],
    ['with --failed: the same', bFailed, { failed: true }, ['d', 'c', 'b']],
    ['from a task: this task and the tasks after it', allDone, { from: ['c'] }, ['d', 'c']],
    ['from a task: not failures elsewhere', { ...allDone, e: { status: 'failed' } }, { from: ['c'] }, ['d', 'c']],
    [
      'from a task with --failed: both',
      { ...allDone, e: { status: 'failed' } },
      { from: ['c'], failed: true },
      ['d', 'c', 'e'],
    ],
    ['only a task: nothing else', bFailed, { only: ['b'] }, ['b']],
    [
      'of a run that was cut off: also tasks that never started',
      { a: done, b: { status: 'stopped' } },
      {},
      ['d', 'c', 'b', 'e'],
    ],
    ['not a task marked as succeeded, but the tasks after it', bFailed, { markSucceeded: ['b'] }, ['d', 'c']],
    ['not a skipped task', bFailed, { skip: ['d'] }, ['c', 'b']],
    ['of a successful run: what the request names', allDone, { from: ['a', 'b', 'e'] }, ['d', 'c', 'a', 'b', 'e']],
  ])('%s', (_, outcomes, how, expected) => {
    const plan = planRerun(pipeline, outcomes, how);
    expect(plan.problems ?? plan.run).toEqual(expected);
  });
});

describe('what is kept', () => {
  test('is tolerated by the current definition, not by the old one', () => {
    const tolerant = { ...pipeline, tasks: [{ ...taskOf('a'), tolerate: true }, taskOf('b'), taskOf('e')] };
    const failed: Outcomes = { a: { status: 'stopped' }, b: { status: 'failed', tolerated: true }, e: done };
    expect(planRerun(tolerant, failed, { from: ['e'] })).toMatchObject({
      keep: { a: { status: 'stopped', kept: true, tolerated: true }, b: { status: 'failed', kept: true } },
    });
    const plan = planRerun(tolerant, failed, { from: ['e'] });
    expect(plan.problems ?? plan.keep.b).not.toHaveProperty('tolerated');
  });

  const keep = (outcomes: Outcomes, how: RerunHow) => {
    const plan = planRerun(pipeline, outcomes, how);
    return plan.problems ?? plan.keep;
  };

  test('has its old outcome and output', () => {
    expect(keep(bFailed, {})).toEqual({ a: { ...done, kept: true }, e: { status: 'skipped', kept: true } });
  });

  test('marked as succeeded has its old output, if any', () => {
    expect(keep({ ...bFailed, d: done }, { only: ['c'], markSucceeded: ['a', 'b'] })).toMatchObject({
      a: { status: 'succeeded', kept: true, output: { n: 1 } },
      b: { status: 'succeeded', kept: true },
    });
  });

  test('and never started is skipped', () => {
    expect(keep({ a: done, b: done }, { only: ['c'] })).toMatchObject({ d: { status: 'skipped', kept: true } });
  });
});

test('all problems are reported at once', () => {
  const plan = planRerun(pipeline, allDone, { from: ['x'], skip: ['y', 'a'], markSucceeded: ['a'] });
  expect(plan.problems?.map((problem) => problem.replace(/;.*/, ''))).toEqual([
    'p has no task x',
    'p has no task y',
    'a is to be skipped and to be marked as succeeded: say one of them',
  ]);
  expect(planRerun(pipeline, allDone, {}).problems).toEqual(['there is nothing to run again']);
  expect(planRerun(pipeline, allDone, { all: true })).toEqual({
    run: pipeline.tasks.map(({ name }) => name),
    resumes: [],
    keep: {},
  });
});

describe('a rerun continues runs of other pipelines', () => {
  const runs: Work = { kind: 'pipeline', pipeline: 'inner', params: {}, outputs: [] };
  const outer = pipelineOf('p', {
    tasks: [taskOf('a'), { ...taskOf('n', ['a']), work: runs }, { ...taskOf('m'), work: runs }],
  });
  const failed: Outcomes = { a: done, n: { status: 'failed' }, m: { status: 'stopped' } };

  test.each<[string, Outcomes, RerunHow, string[]]>([
    ['if they have failed', failed, {}, ['n', 'm']],
    ['not if they have succeeded', { ...failed, n: done }, { from: ['a'], failed: true }, ['m']],
    ['not after a task that runs again', failed, { from: ['a'], failed: true }, ['m']],
    ['not if the request names them', failed, { from: ['n'], failed: true }, ['m']],
    ['not if everything runs again', failed, { all: true }, []],
    ['not if they never started', { a: done, n: { status: 'upstream_failed' } }, {}, []],
  ])('%s', (_, outcomes, how, expected) => {
    const plan = planRerun(outer, outcomes, how);
    expect(plan.problems ?? plan.resumes).toEqual(expected);
  });
});

test('every task runs or is kept, and every task after one that runs, runs', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const outcome = fc.option(fc.constantFrom<Outcome>(done, { status: 'failed' }, { status: 'skipped' }), {
    nil: undefined,
  });
  const some = fc.option(fc.subarray(names), { nil: undefined });
  fc.assert(
    fc.property(fc.tuple(outcome, outcome, outcome, outcome, outcome), some, fc.boolean(), (ended, from, failed) => {
      const entries = names.flatMap((name, n) => (ended[n] === undefined ? [] : [[name, ended[n]] as const]));
      const plan = planRerun(pipeline, Object.fromEntries(entries), {
        ...(from === undefined ? {} : { from }),
        ...(failed ? { failed } : {}),
      });
      if (plan.problems !== undefined) return;
      expect([...plan.run, ...Object.keys(plan.keep)].toSorted()).toEqual(names);
      for (const { name, after } of pipeline.tasks) {
        if (after.some((other) => plan.run.includes(other))) expect(plan.run).toContain(name);
      }
    }),
  );
});
