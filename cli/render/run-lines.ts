import { duration } from '../../shared/views/duration.ts';
import { printable } from '../../shared/views/printable.ts';
import type { RunView, TaskState, TaskView } from '../../shared/views/run/run-view.ts';
import { timeOf } from '../../shared/views/shapes.ts';
import { stateWords } from '../../shared/views/why/state-words.ts';
import { triesAgain } from '../../shared/views/why/tries-again.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { fit } from './fit.ts';
import { graphRows } from './graph-rows.ts';
import { table } from './table.ts';
import { runStatus, taskState } from './task-state.ts';

/** The run at a glance: its graph, and the state and time of each task. Fits on the terminal, to be drawn in place. */
export function runLines(terminal: Terminal, run: RunView, now: number): string[] {
  const lines = [progressLine(terminal, run, now)];
  if (run.tasks.length < terminal.rows - 2) lines.push(...graphLines(terminal, run, now));
  else lines.push(...busiestLines(terminal, run.tasks, now));
  // in the last column, a terminal may keep the cursor on a character, which would then be cleared
  return lines.map((line) => fit(line, terminal.columns - 1));
}

/** The head of a watched run, and what it waits for. */
export function progressLine(terminal: Terminal, run: RunView, now: number): string {
  return headLine(terminal, run, now) + (run.waits === undefined ? '' : `  waits: ${run.waits}`);
}

export function headLine(terminal: Terminal, run: RunView, now: number): string {
  return `${terminal.style('bold', run.id)}  ${runStatus(terminal, run)}  ${runTime(run, now)}`;
}

/** A task's progress in one line, where lines cannot be redrawn. */
export function taskLine(terminal: Terminal, task: TaskView, now: number): string {
  return taskCells(terminal, task, now)
    .filter((part) => part !== '')
    .join('  ');
}

export function runTime(run: RunView, now: number): string {
  return duration((run.endedAt === undefined ? now : timeOf(run.endedAt)) - timeOf(run.startedAt ?? run.createdAt));
}

export function taskTime(task: TaskView, now: number): string {
  if (task.kept || task.startedAt === undefined) return '';
  return duration((task.endedAt === undefined ? now : timeOf(task.endedAt)) - timeOf(task.startedAt));
}

function graphLines(terminal: Terminal, run: RunView, now: number): string[] {
  const views = new Map(run.tasks.map((task) => [task.name, task]));
  const rows = graphRows(run.tasks).flatMap(({ name, drawing }) => {
    const task = views.get(name);
    return task === undefined ? [] : [[terminal.style('dim', drawing), ...taskCells(terminal, task, now)]];
  });
  return aligned(rows, 1);
}

const interest: readonly TaskState[] = ['running', 'failed', 'timed_out', 'stopped', 'retrying', 'queued', 'starting'];

/** If there are more tasks than rows: what is running, what failed, and a count of the rest. */
function busiestLines(terminal: Terminal, tasks: readonly TaskView[], now: number): string[] {
  const busy = tasks
    .filter((task) => interest.includes(task.state))
    .sort((a, b) => interest.indexOf(a.state) - interest.indexOf(b.state));
  const shown = new Set(busy.slice(0, Math.max(0, terminal.rows - 4)));
  const counts = new Map<string, number>();
  for (const task of tasks) {
    if (!shown.has(task)) counts.set(stateWords[task.state], (counts.get(stateWords[task.state]) ?? 0) + 1);
  }
  const rest = [...counts].map(([word, count]) => `${count.toLocaleString('en')} ${word}`).join(', ');
  const rows = [...shown].map((task) => taskCells(terminal, task, now));
  return [...aligned(rows, 0), `  ${terminal.style('dim', `besides: ${rest}`)}`];
}

function aligned(rows: string[][], before: number): string[] {
  const columns = [...Array<object>(before + 2).fill({}), { align: 'right' as const }, {}].map((column) => ({
    title: '',
    ...column,
  }));
  return table(columns, rows)
    .slice(1)
    .map((line) => `  ${line}`);
}

function taskCells(terminal: Terminal, task: TaskView, now: number): string[] {
  return [task.name, taskState(terminal, task), taskTime(task, now), note(task, now)];
}

function note(task: TaskView, now: number): string {
  const last = task.attempts.at(-1);
  if (task.state === 'queued') return last?.reason ?? '';
  if (task.state === 'retrying') return triesAgain(task, now);
  if (task.items !== undefined && !task.kept) return printable(task.items.sentence);
  const ran = last?.endedAt === undefined || last.id !== undefined;
  return task.attempts.length > 1 && ran ? `attempt ${last?.number}` : '';
}
