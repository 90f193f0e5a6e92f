import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { examples, pathExamples } from '../../../shared/api/examples.ts';
import { operations } from '../../../shared/api/operations.ts';

test('every operation has an example, and every example an operation', () => {
  expect(Object.keys(examples).sort()).toEqual(operations.map(({ name }) => name).sort());
});

test.each(operations)('the example of $name matches its schemas exactly', ({ name, params, body, answers }) => {
  const example = examples[name];
  // reading removes fields that the schema does not have
  expect(z.parse(answers.shape, example?.answer)).toEqual(example?.answer);
  if (body !== undefined) expect(z.parse(body, example?.request)).toEqual(example?.request);
  expect(body === undefined).toBe(example?.request === undefined);
  for (const [param, shape] of Object.entries(params)) {
    expect([param, z.safeParse(shape, pathExamples[param]).success]).toEqual([param, true]);
  }
});
