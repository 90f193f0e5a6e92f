import { expect, test } from 'vitest';
import { withReasons } from '../../../../shared/runs/run/run-outcomes.ts';
import type { Phase, TaskRecord } from '../../../../shared/runs/task/task-record.ts';

function record(task: string, ending: (Phase & { at: 'ended' })['ending']): TaskRecord {
  const phase: Phase = { at: 'ended', since: 2, ending, delivery: 'told' };
  const work = { kind: 'glue-job' as const, job: 'j', args: {}, inject: true };
  const attempt = { number: 1, since: 1, token: 't', timeout: 60, outputLimit: 0, tries: 1, work, phase };
  return { run: 'r', pipeline: 'p', task, attempt, spent: [], earlier: [] };
}

const failed = { result: 'failed', error: 'Glue.JobFailed', cause: 'away' } as const;

test('why a task failed is told from its last attempt, where the state machine has not said it', () => {
  const tasks = ['a', 'b', 'c'].map((name) => record(name, failed));
  const outcomes = {
    a: { status: 'failed' },
    // its own, of an expression of its outcome
    b: { status: 'failed', error: 'States.DataLimitExceeded' },
    // marked as succeeded by hand
    c: { status: 'succeeded', kept: true },
    d: { status: 'upstream_failed' },
  } as const;
  expect(withReasons(outcomes, [...tasks, record('d', { result: 'skipped' })])).toEqual({
    ...outcomes,
    a: { status: 'failed', error: 'Glue.JobFailed', cause: 'away' },
  });
});
