import type { RunView, TaskView } from '../run-view.ts';
import type { Terminal } from '../terminal.ts';
import { printable } from './printable.ts';

const linesShown = 8;

/** What went wrong in a run that has ended: every failed task with the last lines of what its job said. */
export function failureLines(terminal: Terminal, run: RunView): string[] {
  const own =
    run.error === undefined
      ? []
      : [`${terminal.style('red', run.error)}${run.cause ? `: ${printable(run.cause)}` : ''}`];
  return [...own, ...run.tasks.flatMap((task) => taskLines(terminal, run, task))];
}

function taskLines(terminal: Terminal, run: RunView, task: TaskView): string[] {
  if (task.error === undefined && task.cause === undefined) return [];
  const said = printable(task.cause ?? '')
    .trimEnd()
    .split('\n');
  const number = task.attempts.length > 1 ? ` after ${task.attempts.length} attempts` : '';
  const logs = task.attempts.some((attempt) => attempt.jobRunId !== undefined)
    ? [`    all of it: npx gluewright logs ${run.id} ${task.name}`]
    : [];
  return [
    `${terminal.style(['bold', 'red'], task.name)} ${task.state.replace('_', ' ')}${number}: ${task.error ?? ''}`,
    ...(said.length > linesShown ? [terminal.style('dim', '    …')] : []),
    ...said.slice(-linesShown).map((line) => `    ${line}`),
    ...logs.map((line) => terminal.style('dim', line)),
  ];
}
