import type { RunStatus } from '../../shared/runs/run/run-record.ts';
import type { TaskState, TaskView } from '../../shared/views/run/run-view.ts';
import { stateWords } from '../../shared/views/why/state-words.ts';
import type { Format, Terminal } from '../terminal/terminal.ts';

type Look = { readonly sign: string; readonly format: Format };

const looks = {
  waiting: { sign: '·', format: 'dim' },
  starting: { sign: '◌', format: 'cyan' },
  retrying: { sign: '↻', format: 'yellow' },
  queued: { sign: '◌', format: 'yellow' },
  running: { sign: '▶', format: 'cyan' },
  succeeded: { sign: '✔', format: 'green' },
  failed: { sign: '✖', format: 'red' },
  timed_out: { sign: '✖', format: 'red' },
  stopped: { sign: '■', format: 'red' },
  skipped: { sign: '−', format: 'dim' },
  not_run: { sign: '·', format: 'dim' },
  upstream_failed: { sign: '↯', format: 'yellow' },
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
  const { sign, format } = looks[task.state];
  const note = task.kept ? ' (kept)' : task.tolerated ? ' (tolerated)' : '';
  return terminal.style(task.kept ? ['dim', format] : format, `${sign} ${stateWords[task.state]}${note}`);
}

/** `RUNNING`, `RUNNING, late`. */
export function runStatus(
  terminal: Terminal,
  { status, late }: { readonly status: RunStatus; readonly late?: true | undefined },
): string {
  const word = terminal.style(['bold', runFormats[status]], status);
  return late === undefined ? word : `${word}, ${terminal.style('yellow', 'late')}`;
}
