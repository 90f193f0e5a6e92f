import { setTimeout } from 'node:timers/promises';
import { hasEnded } from '../shared/runs/run-record.ts';
import { runLines, runTime, taskLine } from './render/run-lines.ts';
import { runStatus } from './render/task-state.ts';
import type { RunView } from './run-view.ts';
import type { Terminal } from './terminal.ts';

/** How often the picture is looked at anew. The run itself waits for none of it. */
const frameMilliseconds = 100;

export type Watch = {
  /** Undefined: there is no such run yet. */
  read(): Promise<RunView | undefined>;
  now(): number;
  signal?: AbortSignal;
};

/**
 * Shows a run until it is over and nothing of it goes on: in place on a terminal, a line for each change elsewhere.
 *
 * @returns the run as it ended, or as it was when `signal` was aborted
 */
export async function watchRun(terminal: Terminal, { read, now, signal }: Watch): Promise<RunView | undefined> {
  const show = terminal.redraw === undefined ? lineByLine(terminal) : inPlace(terminal, terminal.redraw);
  for (;;) {
    const run = await read();
    if (run !== undefined) show(run, now());
    if (signal?.aborted === true || run?.settled === true) return run;
    await setTimeout(frameMilliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

/** Shows what has changed since it was called last. */
export type Show = (run: RunView, now: number) => void;

function inPlace(terminal: Terminal, redraw: (lines: readonly string[]) => void): Show {
  return (run, now) => redraw(runLines(terminal, run, now));
}

export function lineByLine(terminal: Terminal): Show {
  const shown = new Map<string, string>();
  const changed = (name: string, state: string): boolean => {
    if (shown.get(name) === state) return false;
    shown.set(name, state);
    return true;
  };
  return (run, now) => {
    for (const task of run.tasks) {
      const state = `${task.state} ${task.attempts.length}`;
      if (task.state !== 'waiting' && changed(`task ${task.name}`, state)) terminal.out(taskLine(terminal, task, now));
    }
    if (changed('run', run.status)) {
      const time = hasEnded(run.status) ? `  ${runTime(run, now)}` : '';
      terminal.out(`${terminal.style('bold', run.pipeline)}  ${run.id}  ${runStatus(terminal, run.status)}${time}`);
    }
  };
}
