import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkProject, formatDoubt } from '../../../shared/deploy/check-project.ts';
import { pipelineOnAws } from '../../../shared/deploy/on-aws.ts';
import { parallelUse } from '../../../shared/deploy/parallel-use.ts';
import type { Pipeline } from '../../../shared/pipeline/pipeline.ts';
import { compiled, jobs, pipeline, project, settings } from './example.ts';

type Task = Pipeline['tasks'][number];

/** Tasks `t0`, `t1`, … of one job, each after those that are named. */
function tasks(after: readonly (readonly number[])[], change: (task: Task) => Task = (task) => task): Pipeline {
  const written = pipeline('graph', ['extract']);
  const [task] = written.tasks;
  if (task === undefined) throw new Error('the example has a task');
  return {
    ...written,
    tasks: after.map((list, index) =>
      change({ ...task, name: `t${index}`, after: list.map((each) => `t${each}`), work: { ...task.work, args: {} } }),
    ),
  };
}

function doubts(written: Pipeline, buckets = settings.buckets): string[] {
  const changed = { ...settings, buckets };
  const onAws = pipelineOnAws(written, changed, jobs);
  const checked = checkProject({
    settings: changed,
    jobs,
    raw: [],
    pipelines: [{ pipeline: onAws, compiled: compiled(onAws.name) }],
  });
  return checked.map(formatDoubt);
}

test.each([
  ['a chain', [[], [0], [1]], 1],
  ['three beside each other', [[], [], []], 3],
  ['a diamond', [[], [0], [0], [1, 2]], 2],
  ['the letter N', [[], [], [0], [0, 1]], 2],
])('of one job, %s may have that many runs at once', (_, after, most) => {
  expect(parallelUse(tasks(after))[0]?.most).toBe(most);
});

test('what may run at once is what no search of all sets of tasks finds larger', () => {
  const graph = fc
    .integer({ min: 1, max: 7 })
    .chain((size) => fc.tuple(...Array.from({ length: size }, (_, node) => fc.subarray([...Array(node).keys()]))));
  fc.assert(
    fc.property(graph, (after) => {
      const above: Set<number>[] = [];
      for (const list of after) above.push(new Set(list.flatMap((each) => [each, ...(above[each] ?? [])])));
      let most = 0;
      for (let set = 1; set < 2 ** after.length; set += 1) {
        const chosen = after.flatMap((_, node) => ((set >> node) & 1 ? [node] : []));
        if (chosen.every((a) => chosen.every((b) => !above[a]?.has(b)))) most = Math.max(most, chosen.length);
      }
      expect(parallelUse(tasks(after))[0]?.most).toBe(most);
    }),
  );
});

test('tasks that may want more runs of a job than it takes are named', () => {
  expect(doubts(tasks([[], []]), settings.buckets)).toEqual([
    'graph: warning: t0, t1 may want 2 runs of extract at once, which takes 1: the others wait\n' +
      '    give extract `maxConcurrentRuns: 2` in jobs/jobs.yml, unless they are meant to wait',
  ]);
  expect(doubts({ ...tasks([[]]), runs: { ...pipeline('x').runs, max: 3 } })[0]).toContain(
    '3 runs of extract at once in 3 runs',
  );
});

test.each([
  [100_000, []],
  [200_000, ['graph: warning: the arguments of t0 take 200 KB']],
  [300_000, ['graph: error: the arguments of t0 take 300 KB']],
])('arguments of %d bytes', (bytes, expected) => {
  const long = tasks([[]], (task) => ({ ...task, work: { ...task.work, args: { list: 'x'.repeat(bytes) } } }));
  expect(doubts(long).map((doubt) => doubt.split(',')[0])).toEqual(expected);
});

test('a job that nothing describes, and a bucket that the stack does not make, are pointed out', () => {
  const strange = tasks([[]], (task) => ({ ...task, work: { ...task.work, job: 'elsewhere' } }));
  expect(doubts(strange, {})).toEqual([
    expect.stringMatching(/^elsewhere: warning: the job is not in jobs\/jobs.yml/),
    expect.stringMatching(/^landing: warning: .*\n {4}once, run: node infra\/enable-bucket-events.ts landing$/),
  ]);
});

test('nothing is wrong with the example', () => {
  expect(checkProject(project())).toEqual([]);
});
