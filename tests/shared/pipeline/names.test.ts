import { describe, expect, it } from 'vitest';
import { readPipelineValue } from '../../../shared/pipeline/read-pipeline.ts';

const codes = (task: string): string[] =>
  readPipelineValue({ pipeline: 'names', tasks: { [task]: { 'glue-job': 'job' } } }, 'names').problems.map(
    ({ code }) => code,
  );

describe('a task name', () => {
  it.each(['orders', 'load_orders-2', 'T', 'x'.repeat(64), 'toStrings'])('may be %s', (name) => {
    expect(codes(name)).toEqual([]);
  });

  // JSONata 2.0.6 finds members of every JavaScript object, so `$tasks.constructor` would always exist
  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '2nd', 'with space', 'x'.repeat(65)])(
    'may not be %s',
    (name) => {
      expect(codes(name)).toHaveLength(1);
    },
  );
});
