import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { runLines } from '../../../cli/render/run-lines.ts';
import { lineByLine } from '../../../cli/watch/watch-run.ts';
import type { RunView, TaskState, TaskView } from '../../../shared/views/run/run-view.ts';
import { isoTime } from '../../../shared/views/shapes.ts';
import { createTestTerminal } from '../test-terminal.ts';

function view(name: string, state: TaskState, after: string[] = []): TaskView {
  return { name, after, state, kept: false, tolerated: false, startedAt: isoTime(1000), attempts: [], waitsFor: [] };
}

function run(tasks: TaskView[]): RunView {
  const times = { createdAt: isoTime(1000), startedAt: isoTime(1000), started: [], settled: false };
  return { id: 'p-1', pipeline: 'p', status: 'RUNNING', trigger: {}, params: {}, ...times, tasks };
}

describe('a run at a glance', () => {
  const terminal = createTestTerminal('.');

  test('is its graph, with states and times', () => {
    const tasks = [view('a', 'failed'), view('b', 'running'), view('end', 'waiting', ['a', 'b'])];
    expect(runLines(terminal, run(tasks), 3500)).toEqual([
      'p-1  RUNNING  2.5s',
      '  ●    a    ✖ failed   2.5s',
      '  │ ●  b    ▶ running  2.5s',
      '  ●─╯  end  · waiting  2.5s',
    ]);
  });

  test('says that it is late', () => {
    expect(runLines(terminal, { ...run([]), late: true }, 3500)).toEqual(['p-1  RUNNING, late  2.5s']);
  });

  const queued: RunView = { ...run([]), status: 'QUEUED', waits: 'the pipeline is paused' };

  test('says what it waits for', () => {
    expect(runLines(terminal, queued, 3500)).toEqual(['p-1  QUEUED  2.5s  waits: the pipeline is paused']);
  });

  test('says so where lines cannot be drawn again, too, whenever it is something else', () => {
    const lines = createTestTerminal('.');
    const show = lineByLine(lines);
    for (const waits of ['the pipeline is paused', 'the pipeline is paused', '2 runs are before it']) {
      show({ ...queued, waits }, 3500);
    }
    expect(lines.stdout().match(/waits: .*/g)).toEqual([
      'waits: the pipeline is paused',
      'waits: 2 runs are before it',
    ]);
  });

  test('fits on a terminal with fewer rows than tasks: what happens is shown, the rest counted', () => {
    const states: TaskState[] = ['waiting', 'succeeded', 'succeeded', 'running', 'failed'];
    const tasks = Array.from({ length: 500 }, (_, i) => view(`task-${i}`, states[i % 5] ?? 'waiting'));
    const lines = runLines({ ...terminal, columns: 41 }, run(tasks), 3500);
    expect(lines.length).toBeLessThan(terminal.rows);
    expect(lines[1]).toContain('task-3    ▶ running');
    expect(lines.at(-1)).toBe('  besides: 100 waiting, 200 succeeded, …');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(40);
  });
});
