import { expect, test } from 'vitest';
import { simulate } from '../../testing/simulate.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const load = { 'glue-job': 'load' };
const check = { 'glue-job': 'check', after: 'load' };
const rows = '{% $exists($tasks.load.output.rows) %}';

test.each([
  ['behind the task that failed', { load, check, keep: { 'glue-job': 'keep', after: 'check' } }],
  [
    'beside others that wait for the task that failed',
    { load, check, next: { 'glue-job': 'next', after: 'check' }, keep: { 'glue-job': 'keep', after: 'check' } },
  ],
  [
    'behind a task that did not run',
    { load, check, next: { 'glue-job': 'next', after: 'check' }, keep: { 'glue-job': 'keep', after: 'next' } },
  ],
])('a task with an early join rule reads an output from further up, %s', async (_, tasks) => {
  const keep = { ...tasks.keep, when: 'any_failed', if: rows };
  const pipeline = pipelineFrom({ pipeline: 'orders', tasks: { ...tasks, keep } });
  const failing = { check: { state: 'FAILED' } } as const;

  const run = await simulate(pipeline, { jobs: { load: { output: { rows: 3 } }, ...failing } });
  const without = await simulate(pipeline, { jobs: failing });

  expect(run.tasks.keep?.status).toBe('succeeded');
  expect(without.tasks.keep?.status).toBe('skipped');
});
