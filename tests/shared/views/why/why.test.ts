import { describe, expect, test } from 'vitest';
import type { RunView, TaskView } from '../../../../shared/views/run/run-view.ts';
import { isoTime } from '../../../../shared/views/shapes.ts';
import { whyRun, whyTask } from '../../../../shared/views/why/why.ts';

const now = 600_000;
const task = (name: string, state: TaskView['state'], more: Partial<TaskView> = {}): TaskView => ({
  name,
  after: [],
  state,
  kept: false,
  tolerated: false,
  attempts: [],
  waitsFor: [],
  ...more,
});
const view = (status: RunView['status'], tasks: readonly TaskView[] = [], more: Partial<RunView> = {}): RunView => ({
  id: 'orders-1',
  pipeline: 'orders',
  status,
  trigger: {},
  params: {},
  createdAt: isoTime(0),
  settled: true,
  started: [],
  tasks,
  ...more,
});
const attempt = {
  kind: 'glue-job',
  work: 'load',
  number: 2,
  state: 'queued' as const,
  startedAt: isoTime(540_000),
  reason: 'ConcurrentRunsExceededException',
};
const report = task('report', 'waiting', { after: ['load'], waitsFor: ['load'] });

describe('why a run', () => {
  test.each<[string, RunView, string]>([
    ['is queued', view('QUEUED'), 'orders-1 has not started: it is waiting for an earlier run of the pipeline.'],
    [
      'is queued, and late',
      view('QUEUED', [], { late: true }),
      'orders-1 is late: it has not started: it is waiting for an earlier run of the pipeline.',
    ],
    [
      'is not done',
      view('RUNNING', [task('load', 'queued', { attempts: [attempt] }), report]),
      'orders-1 is not done, because load has waited 1m 00s for room in Glue (ConcurrentRunsExceededException), in attempt 2.',
    ],
    [
      'failed',
      view('FAILED', [task('load', 'timed_out'), task('weather', 'failed', { tolerated: true })]),
      'orders-1 failed, because load timed out.',
    ],
    [
      'failed, and was rerun',
      view('FAILED', [task('load', 'failed')], {
        started: [
          { run: 'orders-1-r2', pipeline: 'orders', by: 'rerun' },
          { run: 'report-1', pipeline: 'report', by: 'pipeline' },
        ],
      }),
      'orders-1 failed, because load failed; it was rerun as orders-1-r2.',
    ],
    [
      'failed by one task with a cause',
      view('FAILED', [task('load', 'failed', { cause: 'Traceback\nValueError: no rows.' })]),
      'orders-1 failed, because load failed: ValueError: no rows.',
    ],
    [
      'failed by several tasks',
      view('FAILED', [task('load', 'failed', { cause: 'no rows' }), task('weather', 'timed_out')]),
      'orders-1 failed, because load failed, weather timed out.',
    ],
    [
      'was cancelled',
      view('ABORTED', [], { cancelledBy: 'orders-2' }),
      'orders-1 was stopped, because orders-2 is newer (overlap: cancel_running).',
    ],
    [
      'was stopped',
      view('ABORTED', [task('load', 'running')], { settled: false }),
      'orders-1 was stopped, and load is being stopped.',
    ],
  ])('%s', (_, run, sentence) => {
    expect(whyRun(run, now).sentence).toBe(sentence);
  });
});

describe('why a task', () => {
  const last = task('end', 'waiting', { waitsFor: ['join'] });
  const blocked = task('report', 'upstream_failed', { after: ['load'] });
  test.each<[string, RunView, TaskView, string]>([
    [
      'waits for a waiting task',
      view('RUNNING', [task('load', 'running'), task('join', 'waiting', { waitsFor: ['load'] }), last]),
      last,
      'end waits for join, ultimately for load.',
    ],
    [
      'was skipped by its if',
      view('FAILED'),
      task('a', 'skipped', { attempts: [attempt] }),
      'a was skipped: its `if` was false.',
    ],
    ['never started', view('FAILED'), task('a', 'skipped'), 'a was skipped: its join rule was not met.'],
    [
      'is about to start',
      view('RUNNING', [task('load', 'succeeded', { endedAt: isoTime(599_000) })]),
      task('report', 'waiting', { after: ['load'] }),
      'report is about to start.',
    ],
    [
      'does not start',
      view('RUNNING', [task('load', 'succeeded', { endedAt: isoTime(480_000) })]),
      task('report', 'waiting', { after: ['load'] }),
      'report has been ready for 2m 00s but has not started: one of its expressions may have failed; see npx gluewright show orders-1 --history.',
    ],
    ['waits', view('RUNNING', [task('load', 'running'), report]), report, 'report waits for load.'],
    [
      'waits for people',
      view('RUNNING'),
      task('check', 'running', {
        attempts: [{ kind: 'approval', work: 'Publish?', number: 1, state: 'running', startedAt: isoTime(540_000) }],
      }),
      'check has waited 1m 00s for a decision: npx gluewright approve orders-1 check, or reject.',
    ],
    [
      'did not run',
      view('FAILED', [task('load', 'failed'), blocked]),
      blocked,
      'report did not run, because load failed.',
    ],
    ['failed', view('FAILED'), task('load', 'failed', { cause: 'exit code 3' }), 'load failed: exit code 3.'],
    [
      'failed with a traceback',
      view('FAILED'),
      task('load', 'failed', { cause: 'Traceback:\n  File "x"\nKeyError: day\n' }),
      'load failed: KeyError: day.',
    ],
    [
      'is between two tries',
      view('RUNNING'),
      task('load', 'retrying', {
        attempts: [
          {
            kind: 'glue-job',
            work: 'load',
            number: 1,
            state: 'failed',
            endedAt: isoTime(590_000),
            reason: 'exit code 3',
          },
        ],
        triesAgainAt: isoTime(611_500),
      }),
      'load is retrying: attempt 1 failed (exit code 3), tries again in about 12s.',
    ],
  ])('%s', (_, run, one, sentence) => {
    expect(whyTask(run, one, now).sentence).toBe(sentence);
  });
});
