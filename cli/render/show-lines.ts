import type { JsonObject } from '../../shared/json.ts';
import { hasEnded } from '../../shared/runs/run/run-record.ts';
import { duration } from '../../shared/views/duration.ts';
import { printable } from '../../shared/views/printable.ts';
import type { RunView, TaskView } from '../../shared/views/run/run-view.ts';
import { timeOf } from '../../shared/views/shapes.ts';
import { lastBegun, triesAgain, triesOf } from '../../shared/views/why/tries-again.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { failureLines } from './failure-lines.ts';
import { graphRows } from './graph-rows.ts';
import { headLine, taskTime } from './run-lines.ts';
import { table } from './table.ts';
import { taskState } from './task-state.ts';
import { timestamp } from './timestamp.ts';

/** Narrower terminals shorten the ids of job runs; `--json` has them in full. */
const wideColumns = 140;

/** Printed for a live run while no runtime has its home open. */
export const nothingRuns = 'no runtime is running: npx gluewright dev continues it';

/** Everything about a run, for reading. @param idle no runtime has its home open, and the run is live */
export function showLines(terminal: Terminal, run: RunView, now: number, idle = false): string[] {
  const facts = [
    ['pipeline', run.pipeline],
    ['started', run.startedAt === undefined ? (hasEnded(run.status) ? 'never' : 'not yet') : timestamp(run.startedAt)],
    ['caused by', cause(run.trigger)],
    ['interval', run.interval === undefined ? '' : `${run.interval.start} – ${run.interval.end}`],
    ['params', flat(run.params)],
    ['waits', run.waits ?? ''],
    [
      'stopped',
      run.cancelledBy === undefined ? '' : `for ${run.cancelledBy}, which is newer (overlap: cancel_running)`,
    ],
  ].flatMap(([title = '', text = '']) => (text === '' ? [] : [`  ${terminal.style('dim', title.padEnd(9))}  ${text}`]));
  const failures = failureLines(terminal, run);
  const rerun =
    hasEnded(run.status) && failures.length > 0
      ? ['', `after you fix it: npx gluewright rerun ${run.id} --failed`]
      : [];
  return [
    headLine(terminal, run, now),
    ...facts,
    '',
    ...taskTable(terminal, run, now),
    ...(run.changed ? [terminal.style('dim', '  the pipeline has changed since')] : []),
    ...(idle ? ['', nothingRuns] : []),
    ...itemLines(terminal, run),
    ...(failures.length > 0 ? ['', ...failures] : []),
    ...rerun,
  ];
}

function taskTable(terminal: Terminal, run: RunView, now: number): string[] {
  const views = new Map(run.tasks.map((task) => [task.name, task]));
  const rows = graphRows(run.tasks).flatMap(({ name, drawing }) => {
    const task = views.get(name);
    return task === undefined ? [] : [[terminal.style('dim', drawing), name, ...taskCells(terminal, run, task, now)]];
  });
  const right = 'right' as const;
  return table(
    [
      { title: '' },
      { title: 'TASK' },
      { title: 'STATUS' },
      { title: 'STARTED', align: right },
      { title: 'TIME', align: right },
      { title: 'ATTEMPTS', align: right },
      { title: 'JOB RUN' },
    ],
    rows,
  ).map((line) => `  ${line}`);
}

function taskCells(terminal: Terminal, run: RunView, task: TaskView, now: number): string[] {
  const last = task.attempts.at(-1);
  const waits = task.waitsFor.length > 0 && !hasEnded(run.status) ? `waits for ${task.waitsFor.join(', ')}` : '';
  const queued = task.state === 'queued' ? (last?.reason ?? '') : '';
  const again = triesAgain(task, now);
  const items = task.items === undefined || task.kept ? '' : printable(task.items.sentence);
  const tries = triesOf(task);
  // a running attempt has no end yet
  const shown = (last?.endedAt === undefined ? last : lastBegun(task))?.id;
  return [
    taskState(terminal, task),
    task.startedAt === undefined || task.kept ? '' : `+${duration(timeOf(task.startedAt) - timeOf(run.createdAt))}`,
    taskTime(task, now),
    tries === 0 ? '' : String(tries),
    queued || again || items || (shown === undefined ? terminal.style('dim', waits) : jobRun(terminal, shown)),
  ];
}

/** The failed items of each task, with their runs. */
function itemLines(terminal: Terminal, { id, tasks }: RunView): string[] {
  return tasks.flatMap(({ name, items }) => {
    if (items === undefined || items.failed === 0) return [];
    const rows = items.failures.map(({ item, run, why }) => [printable(item), run ?? printable(why)]);
    const all = `npx gluewright runs --trigger ${id}/${name}`;
    return [
      '',
      `${name}: ${items.failed} failed ${items.failed === 1 ? 'item' : 'items'} of ${items.pipeline}`,
      ...table([{ title: 'ITEM' }, { title: 'RUN' }], rows).map((line) => `  ${line}`),
      terminal.style('dim', `  all items: ${all}`),
    ];
  });
}

function jobRun(terminal: Terminal, id: string): string {
  return terminal.columns >= wideColumns || id.length < 20 ? id : `${id.slice(0, 15)}…`;
}

function cause(trigger: JsonObject): string {
  const { kind, name, bucket, key, count, ending, ...rest } = trigger;
  if (kind === 's3') {
    const what = typeof key === 'string' ? `s3://${String(bucket)}/${printable(key)}` : batch(bucket, count, ending);
    return `${what}, by the trigger ${String(name)}`;
  }
  if (kind === 'cli') return 'the command line';
  return [String(kind), flat(rest)].join('  ').trimEnd();
}

function batch(bucket: unknown, count: unknown, ending: unknown): string {
  return `${count === 1 ? '1 object' : `${String(count)} objects`} of s3://${String(bucket)} (batch ended by ${String(ending)})`;
}

/** `day=2026-11-22  size=3`: an object on one line. */
function flat(object: JsonObject): string {
  return Object.entries(object)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? printable(value) : JSON.stringify(value)}`)
    .join('  ');
}
