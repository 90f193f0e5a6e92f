import { taskErrors } from '../../shared/tasks/errors.ts';
import { showsOf } from '../../shared/tasks/kinds.ts';
import { printable } from '../../shared/views/printable.ts';
import type { RunView, TaskState, TaskView } from '../../shared/views/run/run-view.ts';
import { plainCause } from '../../shared/views/why/plain-cause.ts';
import { attemptEnd, lastBegun, triesOf } from '../../shared/views/why/tries-again.ts';
import type { Terminal } from '../terminal/terminal.ts';

const linesShown = 8;
const bad: ReadonlySet<TaskState> = new Set(['failed', 'timed_out', 'stopped']);

/** Every failed task of an ended run, with the last lines of its job's output. */
export function failureLines(terminal: Terminal, run: RunView): string[] {
  const own =
    run.error === undefined
      ? []
      : [`${terminal.style('red', run.error)}${run.cause ? `: ${printable(plainCause(run.cause))}` : ''}`];
  return [...own, ...run.tasks.flatMap((task) => taskLines(terminal, run, task))];
}

function taskLines(terminal: Terminal, run: RunView, task: TaskView): string[] {
  if (task.error === undefined && task.cause === undefined) return [];
  const said = printable(plainCause(task.cause ?? ''))
    .trimEnd()
    .split('\n');
  const tries = triesOf(task);
  const number = tries > 1 ? ` after ${tries} attempts` : '';
  const begun = lastBegun(task);
  const hasLog = begun !== undefined && showsOf(begun.kind)?.logs === true;
  // a deadline does not explain the earlier failure
  const tried = task.attempts.findLast(
    ({ state, reason }) => bad.has(state) && reason !== undefined && reason !== task.cause,
  );
  const before = tried === undefined || task.error !== taskErrors.deadlinePassed ? [] : [`    ${attemptEnd(tried)}`];
  const logs = hasLog ? [`    full log: npx gluewright logs ${run.id} ${task.name}`] : [];
  return [
    `${terminal.style(['bold', 'red'], task.name)} ${task.state.replace('_', ' ')}${number}: ${task.error ?? ''}`,
    ...(said.length > linesShown ? [terminal.style('dim', '    …')] : []),
    ...said.slice(-linesShown).map((line) => `    ${line}`),
    ...before,
    ...logs.map((line) => terminal.style('dim', line)),
  ];
}
