import { setTimeout } from 'node:timers/promises';
import { hasEnded } from '../../shared/runs/run/run-record.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { attemptEnd } from '../../shared/views/why/tries-again.ts';
import { progressLine, runLines, taskLine } from '../render/run-lines.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** How often the drawing is updated. The run does not wait for it. */
const frameMilliseconds = 100;

export type Watch = {
  /** Undefined: there is no such run yet. */
  read(): Promise<RunView | undefined>;
  now(): number;
  signal?: AbortSignal;
  /** Aborts when the run is over. The run is then read at once. */
  readonly over?: AbortSignal;
  /** How often it is read. Absent: for each update of the drawing. */
  readonly everyMilliseconds?: number;
};

/**
 * Shows a run until it is over and none of its jobs is running: in place on a terminal, a line for each change elsewhere.
 *
 * @returns the run as it ended, or as it was when `signal` was aborted
 */
export async function watchRun(
  terminal: Terminal,
  { read, now, signal, over, everyMilliseconds = frameMilliseconds }: Watch,
): Promise<RunView | undefined> {
  const waking = AbortSignal.any([signal, over].filter((each) => each !== undefined));
  const show = terminal.redraw === undefined ? lineByLine(terminal) : inPlace(terminal, terminal.redraw);
  for (;;) {
    const run = await read();
    if (run !== undefined) show(run, now());
    if (signal?.aborted === true || run?.settled === true) return run;
    await setTimeout(everyMilliseconds, undefined, { signal: waking }).catch(() => undefined);
  }
}

/** Shows what has changed since it was called last. */
export type Show = (run: RunView, now: number) => void;

function inPlace(terminal: Terminal, redraw: (lines: readonly string[]) => void): Show {
  return (run, now) => redraw(runLines(terminal, run, now));
}

/** @param prefix begins each task's line, to tell several runs apart */
export function lineByLine(terminal: Terminal, prefix = ''): Show {
  const shown = new Map<string, string>();
  const changed = (name: string, state: string): boolean => {
    if (shown.get(name) === state) return false;
    shown.set(name, state);
    return true;
  };
  return (run, now) => {
    const over = hasEnded(run.status);
    if (!over && changed('run', `${run.status} ${run.waits ?? ''}`)) terminal.out(progressLine(terminal, run, now));
    for (const task of run.tasks) {
      for (const attempt of task.attempts.slice(0, -1)) {
        if (!changed(`attempt ${attempt.number} of ${task.name}`, 'ended')) continue;
        terminal.out(`${prefix}${task.name}  ${attemptEnd(attempt)}`);
      }
      // the task's own line tells this
      if (task.state === 'retrying') changed(`attempt ${task.attempts.at(-1)?.number} of ${task.name}`, 'ended');
      if (task.state === 'waiting' || !changed(`task ${task.name}`, `${task.state} ${task.attempts.length}`)) continue;
      terminal.out(prefix + taskLine(terminal, task, now));
    }
    if (over && changed('run', run.status)) terminal.out(progressLine(terminal, run, now));
  };
}
