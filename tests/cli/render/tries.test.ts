import { expect, test } from 'vitest';
import { showLines } from '../../../cli/render/show-lines.ts';
import { lineByLine } from '../../../cli/watch/watch-run.ts';
import { taskErrors } from '../../../shared/tasks/errors.ts';
import type { AttemptView, RunView, TaskView } from '../../../shared/views/run/run-view.ts';
import { isoTime } from '../../../shared/views/shapes.ts';
import { createTestTerminal } from '../test-terminal.ts';

const base = { name: 'a', after: [], kept: false, tolerated: false, waitsFor: [], startedAt: isoTime(0) } as const;
const does = { kind: 'glue-job', work: 'job' };
const first: AttemptView = {
  number: 1,
  state: 'failed',
  ...does,
  id: 'jr_1',
  startedAt: isoTime(0),
  endedAt: isoTime(1000),
  reason: 'away',
};
const second: AttemptView = { ...first, number: 2, id: 'jr_2', reason: 'Traceback\nOSError: away' };
const run = (status: RunView['status'], task: TaskView): RunView => {
  return {
    id: 'p-1',
    pipeline: 'p',
    status,
    trigger: {},
    params: {},
    createdAt: isoTime(0),
    settled: false,
    started: [],
    tasks: [task],
  };
};

const between: TaskView = { ...base, state: 'retrying', attempts: [first], triesAgainAt: isoTime(13_000) };

test('a task between two tries is shown as such', () => {
  const shown = showLines(createTestTerminal('.'), run('RUNNING', between), 1000).join('\n');
  expect(shown).toMatch(/a +↻ tries again .* 1 +attempt 1 failed \(away\), tries again in about 12s$/m);
});

test('line by line, each try that failed has its line once', () => {
  const terminal = createTestTerminal('.');
  const show = lineByLine(terminal);
  show(run('RUNNING', { ...base, state: 'running', attempts: [{ ...first, state: 'running' }] }), 500);
  show(run('RUNNING', between), 1000);
  const third: AttemptView = { ...does, number: 3, state: 'running', startedAt: isoTime(14_000) };
  show(run('RUNNING', { ...base, state: 'running', attempts: [first, second, third] }), 15_000);
  expect(terminal.stdout().split('\n').slice(1)).toEqual([
    expect.stringMatching(/^a {2}▶ running/),
    expect.stringMatching(/^a {2}↻ tries again .* attempt 1 failed \(away\), tries again in about 12s$/),
    'a  attempt 2 failed (OSError: away)',
    expect.stringMatching(/^a {2}▶ running .* attempt 3$/),
    '',
  ]);
});

test('a deadline that passed between two tries is no try, and hides nothing of those before', () => {
  const cause = 'it was not over by its deadline, 2026-11-22T00:00:00Z';
  const passed: AttemptView = {
    ...does,
    number: 3,
    state: 'timed_out',
    startedAt: isoTime(20_000),
    endedAt: isoTime(20_000),
    reason: cause,
  };
  const error = taskErrors.deadlinePassed;
  const task: TaskView = { ...base, state: 'timed_out', attempts: [first, second, passed], error, cause };
  const shown = showLines(createTestTerminal('.'), run('FAILED', task), 30_000).join('\n');
  expect(shown).toMatch(/a +✖ timed out .* 2 +jr_2$/m);
  expect(shown).toContain('a timed out after 2 attempts: Gluewright.DeadlinePassed');
  expect(shown).toContain('    attempt 2 failed (OSError: away)');
  expect(shown).toContain('npx gluewright logs p-1 a');
});
