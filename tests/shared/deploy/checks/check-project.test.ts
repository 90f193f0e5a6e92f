import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkProject } from '../../../../shared/deploy/checks/check-project.ts';
import type { Doubt } from '../../../../shared/deploy/checks/deploy-problem.ts';
import { parallelUse } from '../../../../shared/deploy/checks/parallel-use.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import type { Project } from '../../../../shared/deploy/stack.ts';
import type { Pipeline } from '../../../../shared/model/pipeline.ts';
import { compiled, digest, jobs, pipeline, project, settings } from '../example.ts';

type Task = Pipeline['tasks'][number];

/** Tasks `t0`, `t1`, … of one job, each after the given ones. */
function tasks(after: readonly (readonly number[])[], change: (task: Task) => Task = (task) => task): Pipeline {
  const written = pipeline('graph', ['extract']);
  const [task] = written.tasks;
  if (task === undefined) throw new Error('the example has a task');
  const work = { kind: 'glue-job', job: 'extract', args: {}, inject: true } as const;
  return {
    ...written,
    tasks: after.map((list, index) =>
      change({ ...task, name: `t${index}`, after: list.map((each) => `t${each}`), work }),
    ),
  };
}

/** The warnings for one pipeline on AWS with these settings. */
function doubtsOf(written: Pipeline, changes: Partial<Project> = {}): Doubt[] {
  const all = { settings, jobs, ...changes };
  const onAws = pipelineOnAws(written, all.settings, all.jobs);
  return checkProject(
    {
      raw: [],
      pools: {},
      crawlers: [],
      rulesets: {},
      pipelines: [{ pipeline: onAws, compiled: compiled(onAws.name) }],
      ...all,
    },
    digest,
  );
}

const doubts = (...of: Parameters<typeof doubtsOf>): string[] =>
  doubtsOf(...of).map(({ severity, code, message }) => `${severity}: ${code}: ${message}`);

test.each([
  ['a chain', [[], [0], [1]], 1],
  ['three side by side', [[], [], []], 3],
  ['a diamond', [[], [0], [0], [1, 2]], 2],
  ['the letter N', [[], [], [0], [0, 1]], 2],
])('one job of %s may have that many runs at once', (_, after, most) => {
  expect(parallelUse(tasks(after))[0]?.most).toBe(most);
});

test('the maximum of concurrent tasks equals that of an exhaustive search', () => {
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

test('tasks that may exceed a job’s maxConcurrentRuns are named, with its line', () => {
  expect(doubtsOf(tasks([[], []]))).toEqual([
    {
      severity: 'warning',
      code: 'crowded-job',
      about: { pipeline: 'graph' },
      part: { path: ['tasks', 't0', 'glue-job'] },
      message: 't0, t1 may want 2 runs of extract at once, which takes 1: the others wait',
      remedy: 'give extract `maxConcurrentRuns: 2` in jobs/jobs.yml, unless they are meant to wait',
    },
  ]);
  expect(doubts({ ...tasks([[]]), runs: { ...pipeline('x').runs, max: 3 } })[0]).toContain(
    '3 runs of extract at once in 3 runs',
  );
});

test.each([
  [100_000, []],
  [200_000, ['warning: long-arguments: the arguments of t0 take 200 KB']],
  [300_000, ['error: long-arguments: the arguments of t0 take 300 KB']],
])('arguments of %d bytes', (bytes, expected) => {
  const long = tasks([[]], (task) => {
    if (task.work.kind !== 'glue-job') throw new Error(`${task.name} runs no job`);
    return { ...task, work: { ...task.work, args: { list: 'x'.repeat(bytes) } } };
  });
  expect(doubts(long).map((doubt) => doubt.split(',')[0])).toEqual(expected);
});

const running = (job: string, inject = true): Pipeline =>
  tasks([[]], (task) => ({ ...task, work: { ...task.work, job, inject } }));

test.each(['elsewhere', 'legacy'])('a warning says how to check the retries of %s, a job outside the stack', (job) => {
  const [doubt, ...others] = doubtsOf(running(job));
  expect(doubt).toMatchObject({ severity: 'warning', code: 'existing-job', about: 'jobs' });
  expect(doubt?.remedy).toContain(`aws glue get-job --job-name ${job} --query Job.MaxRetries`);
  expect(others).toEqual([]);
});

test('a warning names a bucket outside the stack by its name in the pipeline', () => {
  const buckets = { landing: { name: 'acme-landing', create: false } };
  expect(doubtsOf(tasks([[]]), { settings: { ...settings, buckets } })).toMatchObject([
    {
      code: 'silent-bucket',
      part: { path: ['triggers', 'arrived', 's3', 'bucket'] },
      remedy: 'once, run: node infra/enable-bucket-events.ts acme-landing',
    },
  ]);
});

test.each([
  ['without our arguments', running('legacy', false), ['unstamped-job']],
  ['without our arguments, made by the stack', running('extract', false), []],
  [
    'that also starts a pipeline',
    { ...running('legacy'), triggers: { ended: { kind: 'glue-job', job: 'legacy', states: ['SUCCEEDED'] } } },
    ['heard-job'],
  ],
  [
    'made by the stack, that also starts a pipeline',
    { ...running('extract'), triggers: { ended: { kind: 'glue-job', job: 'extract', states: ['SUCCEEDED'] } } },
    [],
  ],
] as const)('whether two stages could confuse their runs of a job %s', (_, written, expected) => {
  const codes = doubtsOf(written).map(({ code }) => code);
  expect(codes.filter((code) => code !== 'existing-job')).toEqual(expected);
});

const alone = tasks([[]]);
const named = (name: string) => ({ pipeline: { ...alone, name }, compiled: compiled(name, 1) });

test.each([
  [
    'a pipeline and another’s part',
    { pipelines: [named('orders'), named('orders-part-1')] },
    'state machine gluewright-test-orders-part-1',
  ],
  [
    'a job of the stack and one that exists',
    { jobs: [...jobs, { name: 'gluewright-test-extract', type: 'glueetl', args: {}, maxConcurrentRuns: 1 }] },
    'Glue job gluewright-test-extract',
  ],
] as const)('%s that would get the same name are refused', (_, changes, expected) => {
  expect(doubts(alone, changes).filter((doubt) => doubt.startsWith('error: same-name'))).toEqual([
    expect.stringContaining(`would both be the ${expected}`),
  ]);
});

test.each([
  [20, []],
  [1000, ['warning: wide-role: 1000 machines would not fit into policies by name: the functions’ roles allow more']],
])('a warning says if the roles of %d pipelines allow more than needed', (count, expected) => {
  const pipelines = Array.from({ length: count }, (_, index) => named(`orders-${index}`));
  const said = doubts(alone, { pipelines }).filter((doubt) => doubt.includes('wide-role'));
  expect(said.map((doubt) => doubt.split(' than')[0])).toEqual(expected);
});

test('shortened names stay unique, and a name that cannot be shortened is refused', () => {
  const long = 'x'.repeat(100);
  expect(doubts(alone, { pipelines: [named(`${long}a`), named(`${long}b`)] }).join()).not.toContain('same-name');
  const job = { name: 'y'.repeat(250), script: 'y.py', type: 'pythonshell', args: {}, maxConcurrentRuns: 1 } as const;
  expect(doubts(alone, { jobs: [...jobs, job] })).toEqual([expect.stringMatching(/^error: long-name: .* 266 char/)]);
});

test('the example’s only warning is the existing job', () => {
  expect(checkProject(project(), digest).map(({ code }) => code)).toEqual(['existing-job']);
});
