import { describe, expect, test } from 'vitest';
import { readPipeline, readPipelineValue } from '../../../shared/pipeline/read-pipeline.ts';
import { formatProblem } from '../../../shared/reading/problem.ts';
import { mistakes } from './mistakes.ts';
import { sample } from './sample.ts';

/** `code: word`, with the word at the problem's place. */
function placed(text: string): string[] {
  const lines = text.split('\n');
  return readPipeline(text, 'p.yml').problems.map(({ line, column, code }) => {
    const [word] = /^(?:[$\w-]+|\S?)/.exec((lines[line - 1] ?? '').slice(column - 1)) ?? [''];
    return `${code}: ${word}`;
  });
}

describe('the sample of the documentation', () => {
  const { pipeline, problems } = readPipeline(sample, 'orders-daily.yml');

  test('is read without an error or a warning', () => {
    expect(problems).toEqual([]);
  });

  test('gets its defaults', () => {
    expect(pipeline?.runs).toEqual({ max: 1, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' });
    expect(pipeline?.tasks.map(({ name }) => name)).toEqual(['customers', 'prices', 'orders', 'report']);
    expect(pipeline?.tasks[3]).toEqual({
      name: 'report',
      after: ['customers', 'prices', 'orders'],
      when: 'all_succeeded',
      retry: { attempts: 3, delaySeconds: 30, backoff: 2 },
      timeoutSeconds: 3600,
      tolerate: false,
      publishes: ['daily_report'],
      work: {
        kind: 'glue-job',
        job: 'build-report',
        args: { rows: '{% $tasks.orders.output.rows %}' },
        inject: true,
      },
    });
    expect(pipeline?.triggers.arrivals).toEqual({
      kind: 's3',
      bucket: 'landing',
      key: 'orders/{day}/*.csv',
      batch: { quietSeconds: 120, windowSeconds: 900, size: 500 },
    });
  });
});

test('a task’s delays are compared with the defaults filled in', () => {
  const text = `
pipeline: p
defaults: { retry: { attempts: 2, maxDelay: 20s } }
tasks:
  a: { glue-job: j, retry: { delay: 5s } }
  b: { glue-job: j, retry: { maxDelay: 1m } }
`;
  const { pipeline, problems } = readPipeline(text, 'p.yml');
  expect(problems).toEqual([]);
  expect(pipeline?.tasks.map(({ retry }) => [retry.delaySeconds, retry.maxDelaySeconds])).toEqual([
    [5, 20],
    [30, 60],
  ]);
});

test('a missing field has the documented default', () => {
  const { pipeline, problems } = readPipeline('pipeline: p\ntasks: { a: { glue-job: j } }', 'p.yml');
  expect(problems).toEqual([]);
  expect(pipeline).toEqual({
    name: 'p',
    params: {},
    triggers: {},
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 86_400, onFailure: 'continue' },
    tasks: [
      {
        name: 'a',
        after: [],
        when: 'all_succeeded',
        retry: { attempts: 1, delaySeconds: 30, backoff: 2 },
        timeoutSeconds: 28_800,
        tolerate: false,
        publishes: [],
        work: { kind: 'glue-job', job: 'j', args: {}, inject: true },
      },
    ],
  });
});

test('a deadline that is shorter than the default timeout is the timeout', () => {
  const { pipeline } = readPipeline('pipeline: p\nruns: { deadline: 2h }\ntasks: { a: { glue-job: j } }', 'p.yml');
  expect(pipeline?.tasks[0]?.timeoutSeconds).toBe(7200);
});

test.each(mistakes)('$title', ({ text, found, remedy }) => {
  expect(placed(text)).toEqual(found);
  if (remedy === undefined) return;
  expect(readPipeline(text, 'p.yml').problems.map((problem) => problem.remedy)).toContain(remedy);
});

test('all problems of a file are reported at once', () => {
  const text = `pipeline: 1st
descripton: hi
params: { day: { type: dat } }
triggers:
  nightly: { schedule: "0 3 * * *", timezone: Europe/Berln }
  arrivals: { s3: { bucket: landing, key: "in/{dya}" } }
runs: { max: many, deadline: 2h }
tasks:
  a: { glue-job: x, after: c }
  b: { glue-job: x, after: a, timeout: 3h, args: { x: "{% $params.dya & %}" } }
  c: { glue-job: x, after: [b, nope] }
  e: 5
`;
  const problems = readPipeline(text, 'p.yml').problems.map(({ line, code }) => `${line} ${code}`);
  expect(problems).toEqual([
    '1 wrong-type',
    '2 unknown-key',
    '3 wrong-type',
    '5 bad-schedule',
    '5 bad-timezone',
    '6 unknown-param',
    '7 wrong-type',
    '9 cycle',
    '10 timeout-beyond-deadline',
    '10 bad-expression',
    '11 unknown-upstream',
    '12 wrong-type',
  ]);
});

test('a problem is printed in the format of editors, with its remedy below', () => {
  const [problem] = readPipeline('pipelin: p\ntasks: { a: { glue-job: j } }', 'etl/p.yml').problems;
  expect(problem === undefined ? '' : formatProblem(problem)).toBe(
    'etl/p.yml:1:1: error: unknown key `pipelin`\n    did you mean `pipeline`?',
  );
});

test('a module’s export is read like a file, and its problems name the path', () => {
  const tasks = { a: { 'glue-job': 'j' }, b: { 'glue-job': 'j', after: ['a', 'x'], if: undefined }, c: 1 };
  const { pipeline, problems } = readPipelineValue({ pipeline: 'p', tasks }, 'p.ts');
  expect(pipeline).toBeUndefined();
  expect(problems.map(formatProblem)).toEqual([
    'p.ts:1:1: error: `tasks.c` should be a task, with keys and values, but is the number 1\n    write keys and values below it',
    'p.ts:1:1: error: tasks.b.after[1]: there is no task `x` to wait for\n    known here: `a`, `c`',
  ]);
});

test.each([
  ['nothing', undefined],
  ['a function', () => 1],
  ['a cycle', ((loop: { self?: unknown }) => Object.assign(loop, { self: loop }))({})],
  ['a date', { pipeline: new Date(0), tasks: {} }],
  ['a number without end', { pipeline: 'p', tasks: Number.POSITIVE_INFINITY }],
])('a module that exports %s is refused with a problem', (_, value) => {
  const { pipeline, problems } = readPipelineValue(value, 'p.ts');
  expect(pipeline).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});
