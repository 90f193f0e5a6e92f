import { expect, test } from 'vitest';
import { endedOutcomes, type RunTask, taskOutcomes } from '../../../../shared/runs/run/run-outcomes.ts';
import type { Phase, TaskRecord } from '../../../../shared/runs/task/task-record.ts';

function task(name: string, after: string[] = [], more: Partial<RunTask> = {}): RunTask {
  const retry = { attempts: 1, delaySeconds: 0, backoff: 1 };
  return { name, after, when: 'all_succeeded', retry, tolerate: false, ...more };
}

function record(task: string, ending: (Phase & { at: 'ended' })['ending']): [string, TaskRecord] {
  const phase: Phase = { at: 'ended', since: 2, ending, delivery: 'told' };
  const work = { kind: 'glue-job' as const, job: 'j', args: {}, inject: true };
  const attempt = { number: 1, since: 1, token: 't', timeout: 60, outputLimit: 0, tries: 1, work, phase };
  return [task, { run: 'r', pipeline: 'p', task, attempt, spent: [], earlier: [] }];
}

const failed = { result: 'failed', error: 'Glue.JobFailed', cause: 'away' } as const;
const succeeded = { result: 'succeeded' } as const;

test('every task of a finished run has an outcome: its own, or one that follows from others', () => {
  const tasks = [
    task('report', ['load', 'check']),
    task('alarm', ['load'], { when: 'any_failed' }),
    task('check', ['extract']),
    task('load', ['extract']),
    task('extract'),
    task('notify', ['check'], { when: 'any_failed' }),
  ];
  const records = new Map([
    record('extract', succeeded),
    record('load', failed),
    record('check', succeeded),
    record('alarm', succeeded),
  ]);
  expect(endedOutcomes(tasks, { records, keep: {}, lost: {} })).toEqual({
    extract: { status: 'succeeded' },
    load: { status: 'failed', error: 'Glue.JobFailed', cause: 'away' },
    check: { status: 'succeeded' },
    alarm: { status: 'succeeded' },
    report: { status: 'upstream_failed' },
    notify: { status: 'skipped' },
  });
});

test('kept outcomes stay, and the state machine’s outcomes win over the ledger’s', () => {
  const tasks = [task('a'), task('b', ['a'], { tolerate: true }), task('c', ['b'], { when: 'none_failed' }), task('d')];
  const keep = { a: { status: 'succeeded', kept: true, output: { rows: 3 } } } as const;
  const lost = { b: { error: 'States.DataLimitExceeded' } };
  const records = new Map([record('b', succeeded), record('c', succeeded)]);
  expect(endedOutcomes(tasks, { records, keep, lost })).toEqual({
    a: keep.a,
    b: { status: 'failed', error: 'States.DataLimitExceeded', tolerated: true },
    c: { status: 'succeeded' },
    // it started but left no trace, since there was no room for the cause
    d: { status: 'failed', error: 'Gluewright.StateFailed' },
  });
});

test('a run that was cut off has no outcomes for its other tasks', () => {
  const tasks = [task('a'), task('b', ['a']), task('c')];
  const [, open] = record('c', succeeded);
  const running = { ...open, attempt: { ...open.attempt, phase: { at: 'running', since: 2, id: 'jr' } as const } };
  const records = new Map([record('a', failed), ['c', running]]);
  expect(endedOutcomes(tasks, { records, keep: {} })).toEqual({
    a: { status: 'failed', error: 'Glue.JobFailed', cause: 'away' },
    c: { status: 'stopped', error: 'Glue.JobStopped' },
  });
});

test('a live run has the outcomes that are already decided', () => {
  const tasks = [task('a'), task('b', ['a']), task('c', ['b']), task('d')];
  const known = taskOutcomes(tasks, { records: new Map([record('a', failed)]), keep: {}, over: false });
  expect([...known].map(([name, { status }]) => [name, status])).toEqual([
    ['a', 'failed'],
    ['b', 'upstream_failed'],
    ['c', 'upstream_failed'],
  ]);
});

test('ten thousand tasks in a row have outcomes', () => {
  const tasks = Array.from({ length: 10_000 }, (_, n) => task(`t${n}`, n === 0 ? [] : [`t${n - 1}`])).reverse();
  const outcomes = endedOutcomes(tasks, { records: new Map([record('t0', failed)]), keep: {}, lost: {} });
  expect(Object.keys(outcomes)).toHaveLength(10_000);
  expect(outcomes.t9999).toEqual({ status: 'upstream_failed' });
});
