import type { RunStatus } from '../../shared/runs/run-record.ts';
import type { TaskState, TaskView } from '../run-view.ts';
import type { Format, Terminal } from '../terminal.ts';

type Look = { readonly sign: string; readonly format: Format; readonly word: string };

const looks = {
  waiting: { sign: '·', format: 'dim', word: 'waiting' },
  starting: { sign: '◌', format: 'cyan', word: 'starting' },
  retrying: { sign: '↻', format: 'yellow', word: 'tries again' },
  queued: { sign: '◌', format: 'yellow', word: 'queued' },
  running: { sign: '▶', format: 'cyan', word: 'running' },
  succeeded: { sign: '✔', format: 'green', word: 'succeeded' },
  failed: { sign: '✖', format: 'red', word: 'failed' },
  timed_out: { sign: '✖', format: 'red', word: 'timed out' },
  stopped: { sign: '■', format: 'red', word: 'stopped' },
  skipped: { sign: '−', format: 'dim', word: 'skipped' },
  not_run: { sign: '·', format: 'dim', word: 'not run' },
  upstream_failed: { sign: '↯', format: 'yellow', word: 'upstream failed' },
} satisfies Record<TaskState, Look>;

const runFormats = {
  PENDING: 'dim',
  QUEUED: 'yellow',
  RUNNING: 'cyan',
  SUCCEEDED: 'green',
  FAILED: 'red',
  TIMED_OUT: 'red',
  ABORTED: 'red',
  SKIPPED: 'dim',
} satisfies Record<RunStatus, Format>;

/** `✔ succeeded`, `✔ succeeded (kept)`, `✖ failed (tolerated)`, in the state's colour. */
export function taskState(terminal: Terminal, task: TaskView): string {
  const { sign, format, word } = looks[task.state];
  const note = task.kept ? ' (kept)' : task.tolerated ? ' (tolerated)' : '';
  return terminal.style(task.kept ? ['dim', format] : format, `${sign} ${word}${note}`);
}

export function stateWord(state: TaskState): string {
  return looks[state].word;
}

/** `RUNNING`, `RUNNING, late`. */
export function runStatus(
  terminal: Terminal,
  { status, late }: { readonly status: RunStatus; readonly late?: true | undefined },
): string {
  const word = terminal.style(['bold', runFormats[status]], status);
  return late === undefined ? word : `${word}, ${terminal.style('yellow', 'late')}`;
}
