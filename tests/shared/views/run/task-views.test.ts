import { describe, expect, test } from 'vitest';
import type { Task } from '../../../../shared/model/pipeline.ts';
import type { TaskFacts } from '../../../../shared/runs/run/run-outcomes.ts';
import type { Phase, TaskRecord } from '../../../../shared/runs/task/task-record.ts';
import { taskErrors } from '../../../../shared/tasks/errors.ts';
import { taskViews } from '../../../../shared/views/run/task-views.ts';
import { isoTime } from '../../../../shared/views/shapes.ts';

function task(name: string, after: string[] = [], more: Partial<Task> = {}): Task {
  return {
    name,
    after,
    when: 'all_succeeded',
    retry: { attempts: 1, delaySeconds: 0, backoff: 1 },
    timeoutSeconds: 60,
    tolerate: false,
    publishes: [],
    work: { kind: 'glue-job', job: name, args: {}, inject: true },
    ...more,
  };
}

function record(name: string, phase: Phase, number = 1, earlier: TaskRecord['earlier'] = []): [string, TaskRecord] {
  const attempt = { number, since: 1000, token: 't', timeout: 60, outputLimit: 0, tries: 1, phase };
  const work = { kind: 'glue-job' as const, job: name, args: {}, inject: true };
  return [name, { run: 'r', pipeline: 'p', task: name, attempt: { ...attempt, work }, spent: [], earlier }];
}

const succeeded: Phase = {
  at: 'ended',
  since: 2000,
  id: 'jr_1',
  ending: { result: 'succeeded' },
  delivery: 'told',
};
const failed = (error: string): Phase => ({
  at: 'ended',
  since: 2000,
  id: 'jr_1',
  ending: { result: 'failed', error, cause: 'why' },
  delivery: 'told',
});

const facts = (records: [string, TaskRecord][], more: Partial<TaskFacts> = {}): TaskFacts => ({
  records: new Map(records),
  keep: {},
  over: false,
  ...more,
});

describe('the visible state of a task', () => {
  test.each<[string, Phase, string]>([
    ['is being started', { at: 'starting', since: 1000, lease: 9000 }, 'starting'],
    ['waits for room', { at: 'queued', since: 1000, next: 2000, reason: 'full' }, 'queued'],
    ['runs', { at: 'running', since: 1000, id: 'jr_1' }, 'running'],
    ['is having its output read', { at: 'finishing', since: 1000, id: 'jr_1' }, 'running'],
    ['has succeeded', succeeded, 'succeeded'],
    ['has failed', failed('Glue.JobFailed'), 'failed'],
    ['has timed out', failed('Glue.JobTimedOut'), 'timed_out'],
    ['was stopped', failed('Glue.JobStopped'), 'stopped'],
    ['could not be started', failed(taskErrors.refused), 'failed'],
  ])('whose attempt %s', (_, phase, state) => {
    expect(taskViews([task('a')], facts([record('a', phase)]))[0]?.state).toBe(state);
  });

  test('a failure with a retry is not the end of the task', () => {
    const twice = task('a', [], { retry: { attempts: 2, delaySeconds: 12, backoff: 2 } });
    const [first] = taskViews([twice], facts([record('a', failed('Glue.JobFailed'))]));
    expect(first).toMatchObject({
      state: 'retrying',
      triesAgainAt: isoTime(14_000),
      attempts: [{ number: 1, state: 'failed', reason: 'why' }],
    });
    expect(first).not.toHaveProperty('endedAt');
    const [over] = taskViews([twice], facts([record('a', failed('Glue.JobFailed'))], { over: true }));
    expect(over).toMatchObject({ state: 'failed', error: 'Glue.JobFailed' });
    const [second] = taskViews([twice], facts([record('a', failed('Glue.JobFailed'), 2)]));
    expect(second).toMatchObject({
      state: 'failed',
      error: 'Glue.JobFailed',
      cause: 'why',
      endedAt: isoTime(2000),
    });
  });

  test('a job’s end is Glue’s time, however late the news', () => {
    const [name, known] = record('a', succeeded);
    const told: TaskRecord = { ...known, attempt: { ...known.attempt, times: { completedOn: 1500 } } };
    expect(taskViews([task('a')], facts([[name, told]]))).toMatchObject([
      { startedAt: isoTime(1000), endedAt: isoTime(1500) },
    ]);
  });

  test('tasks without a record get their outcome from the join rules as soon as it is decided', () => {
    const tasks = [
      task('a'),
      task('b', ['a']),
      task('c', ['b'], { when: 'all_done' }),
      task('d', ['b', 'x'], { when: 'any_succeeded' }),
      task('x'),
    ];
    const views = taskViews(tasks, facts([record('a', failed('Glue.JobFailed'))]));
    expect(views.map(({ name, state, waitsFor }) => [name, state, waitsFor])).toEqual([
      ['a', 'failed', []],
      ['b', 'upstream_failed', []],
      ['c', 'waiting', []],
      ['d', 'waiting', ['x']],
      ['x', 'waiting', []],
    ]);
  });

  test('after the run, a task without a record and an outcome was not run', () => {
    const tasks = [task('a'), task('b', ['a'])];
    const views = taskViews(tasks, facts([record('a', failed('Glue.JobStopped'))], { over: true }));
    expect(views.map((view) => [view.state, view.waitsFor])).toEqual([
      ['stopped', []],
      ['not_run', []],
    ]);
  });

  test('kept outcomes, tolerated ones, and those that only the state machine knew are shown as such', () => {
    const tasks = [task('a'), task('b', [], { tolerate: true }), task('c', ['a'])];
    const views = taskViews(
      tasks,
      facts([record('b', failed('Glue.JobFailed'))], {
        keep: { a: { status: 'succeeded', kept: true } },
        lost: { c: { error: 'States.QueryEvaluationError', cause: 'no number' } },
        over: true,
      }),
    );
    expect(views).toMatchObject([
      { state: 'succeeded', kept: true },
      { state: 'failed', tolerated: true },
      { state: 'failed', error: 'States.QueryEvaluationError', cause: 'no number' },
    ]);
  });
});
