import { expect, test } from 'vitest';
import { outputsRead } from '../../../../shared/pipeline/expressions/expressions-of.ts';
import { readPipeline } from '../../../../shared/pipeline/read-pipeline.ts';

test('a task reads the outputs in its arguments, however deep, and in its if', () => {
  const { pipeline } = readPipeline(
    `pipeline: p
tasks:
  a: { glue-job: j }
  b-b: { glue-job: j }
  c: { glue-job: j }
  d:
    glue-job: j
    after: [a, b-b, c]
    if: "{% $tasks.a.output.rows > 0 %}"
    args: { x: ["{% $map($tasks.\`b-b\`.output.files, function($f) { $f.name }) %}", "$tasks.c.output"] }
`,
    'p.yml',
  );
  expect(pipeline === undefined ? undefined : [...outputsRead(pipeline)]).toEqual([
    ['a', new Set()],
    ['b-b', new Set()],
    ['c', new Set()],
    ['d', new Set(['a', 'b-b'])],
  ]);
});

test('a task needs an interval if it reads one without testing for it', () => {
  const { pipeline } = readPipeline(
    `pipeline: p
tasks:
  a: { glue-job: j, args: { x: "{% $interval.start %}" } }
  b: { glue-job: j, if: "{% $interval.end < $now() %}" }
  c: { glue-job: j, args: { x: "{% $exists($interval) ? $interval.start : 'all' %}", y: "$interval" } }
  d: { glue-job: j, args: { x: "{% $exists($interval.start) ? $interval.start : 'all' %}" } }
`,
    'p.yml',
  );
  expect(pipeline?.tasks.map(({ needsInterval }) => needsInterval)).toEqual([true, true, undefined, undefined]);
});
