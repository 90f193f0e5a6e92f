import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJobs } from '../../../shared/pipeline/jobs/jobs-file.ts';
import { readPipeline, readPipelineValue } from '../../../shared/pipeline/read-pipeline.ts';
import { sample } from './sample.ts';

/** Reading gives a pipeline or an error; every problem is within the file and has a remedy. */
function holds(text: string): void {
  const { pipeline, problems } = readPipeline(text, 'p.yml');
  expect(pipeline === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
  const lines = text.split(/\n/).length;
  for (const { line, column, message, remedy } of [...problems, ...readJobs(text, 'jobs.yml').problems]) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toBe('');
    expect(remedy).not.toBe('');
  }
}

const words = [
  ...['pipeline', 'params', 'triggers', 'runs', 'defaults', 'tasks', 'after', 'when', 'if', 'args', 'glue-job', 's3'],
  ...[
    ': ',
    ':\n  ',
    '\n    ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '&a ',
    '*a',
    '!t ',
    '| ',
    '> ',
    '#',
    '%',
    '---\n',
    '\t',
  ],
  ...['{% $tasks.a.output %}', '{% $f(function($x){', '1h', '-1', '1e999', '.nan', 'null', 'a', 'b', '__proto__', '<<'],
];

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holds), { numRuns: 500 });
});

test('no sequence of the language’s words makes it throw', () => {
  const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, holds), { numRuns: 1500 });
});

test('no damage done to a good file makes it throw', () => {
  const damage = fc.array(fc.tuple(fc.nat(sample.length), fc.nat(8), fc.constantFrom('', ...words)), { maxLength: 4 });
  const damaged = damage.map((cuts) =>
    cuts.reduce((text, [at, length, word]) => text.slice(0, at) + word + text.slice(at + length), sample),
  );
  fc.assert(fc.property(damaged, holds), { numRuns: 400 });
});

test('no value makes it throw', () => {
  const leaf = fc.oneof(fc.anything(), fc.constantFrom(...words));
  const task = fc.dictionary(fc.constantFrom('after', 'when', 'if', 'args', 'glue-job', 'retry', 'timeout', 'x'), leaf);
  const file = fc.record({
    pipeline: leaf,
    params: fc.oneof(leaf, fc.dictionary(fc.string(), leaf)),
    triggers: fc.oneof(leaf, fc.dictionary(fc.string(), leaf)),
    tasks: fc.oneof(leaf, fc.dictionary(fc.constantFrom('a', 'b', 'constructor', '__proto__', 'a b'), task)),
  });
  const value = fc.oneof(fc.anything(), file);
  fc.assert(
    fc.property(value, (input) => {
      const { pipeline, problems } = readPipelineValue(input, 'p.ts');
      expect(pipeline === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 400 },
  );
});

function times(count: number, text: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => text(at)).join('');
}

const taskList = (count: number, task: (at: number) => string) => `pipeline: p\ntasks:\n${times(count, task)}`;

/** Files that are slow or deep in one part of the reading. */
const monsters: Readonly<Record<string, string>> = {
  'an alias bomb': `a: &a [x,x,x,x,x,x,x,x,x]\n${times(20, (at) => `${'bcdefghijklmnopqrstuvwxyz'[at]}: &${'bcdefghijklmnopqrstuvwxyz'[at]} [${times(9, () => `*${'abcdefghijklmnopqrstuvwxyz'[at]},`)}]\n`)}`,
  'an anchor that holds itself': 'pipeline: &a [*a]\ntasks: &b { x: *b }',
  'brackets nested deep': '['.repeat(400_000),
  'closed brackets nested deep': `tasks: ${'['.repeat(900)}${']'.repeat(900)}`,
  'dashes nested deep': '- '.repeat(400_000),
  'question marks nested deep': '? '.repeat(200_000),
  'indentation nested deep': times(900, (at) => `${' '.repeat(at)}a:\n`),
  '20,000 keys': times(20_000, (at) => `key${at}: 1\n`),
  '6,000 tasks in a row': taskList(
    6_000,
    (at) => `  t${at}: { glue-job: j, after: t${at - 1}, if: "{% $tasks.t0.output %}" }\n`,
  ),
  '6,000 unknown upstreams': taskList(6_000, (at) => `  t${at}: { glue-job: j, after: u${at} }\n`),
  '4,000 unknown reads': taskList(
    4_000,
    (at) => `  t${at}: { glue-job: j, if: "{% $tasks.u${at}.output + $params.x %}" }\n`,
  ),
  '5,000 cycles': taskList(10_000, (at) => `  t${at}: { glue-job: j, after: t${at ^ 1} }\n`),
  'one cycle of 10,000': taskList(10_000, (at) => `  t${at}: { glue-job: j, after: t${(at + 1) % 10_000} }\n`),
  'a task after 50,000': taskList(1, () => `  t: { glue-job: j, after: [${times(50_000, (at) => `t${at},`)}] }\n`),
  'an expression nested deep': taskList(
    1,
    () => `  t: { glue-job: j, if: "{% ${'('.repeat(4900)}1${')'.repeat(4900)} %}" }\n`,
  ),
  'an expression in a long chain': taskList(1, () => `  t: { glue-job: j, if: "{% ${'1+'.repeat(4900)}1 %}" }\n`),
  'ten long expressions': taskList(
    30,
    (at) => `  t${at}: { glue-job: j, if: "{% ${'$x[$y]&'.repeat(1300)}${at} %}" }\n`,
  ),
  'an endless key pattern': `pipeline: p\ntriggers: { t: { s3: { bucket: abc, key: "${'*a'.repeat(300_000)}" } } }`,
  'an endless schedule': `pipeline: p\ntriggers: { t: { schedule: "cron(${'1,'.repeat(300_000)} * * * *)" } }`,
  'an endless scalar': `pipeline: "${'a'.repeat(900_000)}"`,
  'an endless comment': `#${'['.repeat(900_000)}`,
  'many line breaks': '\n'.repeat(300_000),
  'a million colons': ': '.repeat(499_999),
  'a million tabs': '\t'.repeat(999_999),
  'many anchors': '&a '.repeat(60_000),
  'many tags': '!a '.repeat(60_000),
  'many quotes': '"'.repeat(100_000),
  'a million documents': '---\n'.repeat(249_999),
  'more than is read': 'a'.repeat(1_000_001),
};

describe('it ends soon with', () => {
  test.each(Object.keys(monsters))('%s', (name) => {
    const text = monsters[name] ?? '';
    const before = performance.now();
    const { pipeline, problems } = readPipeline(text, 'p.yml');
    const seconds = (performance.now() - before) / 1000;
    expect(pipeline === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    // a limit for a busy machine; an idle one needs less than a second for each
    expect(seconds).toBeLessThan(10);
  });
});
