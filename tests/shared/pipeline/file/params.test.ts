import { expect, test } from 'vitest';
import type { Param, Pipeline } from '../../../../shared/model/pipeline.ts';
import { type ParamContext, resolveParams } from '../../../../shared/pipeline/file/params.ts';

const run = { id: 'p-1', pipeline: 'p', trigger: {}, startedAt: '2026-11-22T03:00:00Z' };
const interval = { start: '2026-11-21T00:00:00+01:00', end: '2026-11-22T00:00:00+01:00' };

/** An evaluator that knows three expressions. */
const evaluate: ParamContext['evaluate'] = async (expression, bindings) => {
  if (expression.trim() === '$interval.start') return bindings.interval === undefined ? undefined : interval.start;
  if (expression.trim() === '$run.id') return run.id;
  throw { code: 'T0410', message: 'argument 1 of function "foo" does not match' };
};

function pipelineOf(params: Record<string, Param>): Pipeline {
  return {
    name: 'p',
    params,
    triggers: {},
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' },
    tasks: [],
  };
}

test.each<[string, Param, unknown, unknown]>([
  ['a text', { type: 'string' }, '5', '5'],
  ['a whole number in a key', { type: 'integer' }, '05', 5],
  ['a number', { type: 'number' }, '-1.5e3', -1500],
  ['true', { type: 'boolean' }, 'true', true],
  ['a day', { type: 'date' }, '2026-11-22', '2026-11-22'],
  ['a list as JSON', { type: 'array' }, '[1, "a"]', [1, 'a']],
  ['a mapping', { type: 'object' }, { a: 1 }, { a: 1 }],
  ['a default', { type: 'integer', default: 7 }, undefined, 7],
  ['false as default', { type: 'boolean', default: false }, undefined, false],
  ["an expression's value", { type: 'string', default: '{% $run.id %}' }, undefined, 'p-1'],
  [
    'the day on which an interval begins, in its own time zone',
    { type: 'date', default: '{% $interval.start %}' },
    undefined,
    '2026-11-21',
  ],
  [
    'expressions within a default',
    { type: 'object', default: { ids: ['{% $run.id %}', 1] } },
    undefined,
    { ids: ['p-1', 1] },
  ],
])('%s is resolved', async (_, param, value, expected) => {
  const given = value === undefined ? {} : JSON.parse(JSON.stringify({ x: value }));
  expect(await resolveParams(pipelineOf({ x: param }), given, { run, interval, evaluate })).toEqual({
    params: { x: expected },
  });
});

test('all problems are reported at once', async () => {
  const pipeline = pipelineOf({
    day: { type: 'date' },
    count: { type: 'integer' },
    needed: { type: 'string' },
    start: { type: 'date', default: '{% $interval.start %}' },
    broken: { type: 'string', default: '{% $foo(1) %}' },
  });
  const given = { day: '2026-02-29', count: '1.5', dya: 'x' };
  expect(await resolveParams(pipeline, given, { run, evaluate })).toEqual({
    problems: [
      'p has no parameter `dya`; it has day, count, needed, start, broken',
      'the parameter `day` should be a date that exists, as YYYY-MM-DD, and is `2026-02-29`',
      'the parameter `count` should be a whole number, and is the number 1.5',
      'the parameter `needed` is not given, and has no default',
      'the parameter `start` is not given, and its default cannot be evaluated: {% $interval.start %} is undefined; this run has no interval: give `start` or an interval',
      'the parameter `broken` is not given, and its default cannot be evaluated: argument 1 of function "foo" does not match',
    ],
  });
});
