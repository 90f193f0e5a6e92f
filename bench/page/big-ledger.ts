import type { Item, Ledger, ListOptions, Page } from '../../shared/ledger/ledger.ts';
import { runsPartition, taskKey, taskPrefix } from '../../shared/ledger/ledger-keys.ts';
import { type RunRecord, runIndex } from '../../shared/runs/run/run-record.ts';
import { afterOf, rowLength } from './big-graph.ts';

export const runCount = 10_000;
const hour = 3_600_000;
const newest = Date.UTC(2026, 10, 22, 5);
/** SQLite's page of the local ledger. */
const pageSize = 1_000;

export type BigPipeline = { readonly name: string; readonly tasks: number };

/** How many tasks of the live run have succeeded. A benchmark sets it while the page is open. */
export type LiveState = { done: number };

/** @param index 0: the newest run, which is live */
export function idOf({ name }: BigPipeline, index: number): string {
  return `${name}-${String(runCount - index).padStart(5, '0')}`;
}

/**
 * A ledger with 10,000 runs of each pipeline. Their records are made on reading, as text to parse, because gigabytes on
 * a disk would measure the disk. Everything else is in the underlying ledger.
 */
export function withBigRuns(ledger: Ledger, pipelines: readonly BigPipeline[], live: LiveState): Ledger {
  const runOf = (partition: string): { readonly of: BigPipeline; readonly index: number } | undefined => {
    const [, name, number] = /^run#(\w+)-(\d{5})$/.exec(partition) ?? [];
    const of = pipelines.find((each) => each.name === name);
    const index = runCount - Number(number);
    return of === undefined || index < 0 || index >= runCount ? undefined : { of, index };
  };
  const list = async (partition: string, options: ListOptions = {}): Promise<Page> => {
    const listed = pipelines.find(({ name }) => partition === runsPartition(name));
    if (listed !== undefined) return runsPage(listed, options);
    const run = runOf(partition);
    return run === undefined ? ledger.list(partition, options) : tasksPage(run.of, run.index, live, options);
  };
  return {
    ...ledger,
    list,
    async get(key) {
      const run = runOf(key.partition);
      if (run === undefined) return ledger.get(key);
      if (key.sort === 'run') return { key, version: 3, value: recordOf(run.of, run.index) };
      if (!key.sort.startsWith(taskPrefix)) return ledger.get(key);
      return taskItem(run.of, run.index, Number(key.sort.slice(taskPrefix.length + 'task_'.length)), live);
    },
  };
}

function isLive(index: number): boolean {
  return index === 0;
}

function hasFailed(index: number): boolean {
  return index % 17 === 3;
}

function recordOf(of: BigPipeline, index: number): RunRecord {
  const at = newest - index * hour;
  return {
    id: idOf(of, index),
    pipeline: of.name,
    status: isLive(index) ? 'RUNNING' : hasFailed(index) ? 'FAILED' : 'SUCCEEDED',
    trigger: { kind: 'schedule', name: 'hourly' },
    cause: `hourly ${at}`,
    params: {},
    interval: { start: new Date(at - hour).toISOString(), end: new Date(at).toISOString() },
    createdAt: at,
    startedAt: at,
    ...(isLive(index) ? {} : { endedAt: at + hour / 2, finished: { lost: {} } }),
    settled: !isLive(index),
  };
}

/** Entries have the creation time as their place. */
function runsPage(of: BigPipeline, { from, limit = pageSize, descending = false }: ListOptions): Page {
  const step = descending ? 1 : -1;
  const begin = descending ? 0 : runCount - 1;
  // what lies at `from` has been read
  const passed = from === undefined ? begin - step : (newest - Number(from.split('#')[0])) / hour;
  const first = descending ? Math.floor(passed) + 1 : Math.ceil(passed) - 1;
  const items: Item[] = [];
  let index = first;
  for (; items.length < limit && index >= 0 && index < runCount; index += step) {
    const entry = runIndex(recordOf(of, index)).find(({ key }) => key.partition === runsPartition(of.name));
    if (entry === undefined) throw new Error('a run is in no list');
    items.push({ ...entry, version: 1 });
  }
  const last = items.at(-1)?.key.sort;
  return { items, ...(last === undefined || index < 0 || index >= runCount ? {} : { next: last }) };
}

function tasksPage(of: BigPipeline, index: number, live: LiveState, { from, limit = pageSize }: ListOptions): Page {
  const names = sortedNames(of.tasks).filter((name) => from === undefined || taskPrefix + name > from);
  const items = names
    .slice(0, limit)
    .flatMap((name) => taskItem(of, index, Number(name.slice('task_'.length)), live) ?? []);
  const last = names.length > limit ? names[limit - 1] : undefined;
  return { items, ...(last === undefined ? {} : { next: taskPrefix + last }) };
}

const sorted = new Map<number, readonly string[]>();

function sortedNames(tasks: number): readonly string[] {
  const known = sorted.get(tasks) ?? Array.from({ length: tasks }, (_, task) => `task_${task}`).toSorted();
  sorted.set(tasks, known);
  return known;
}

/** Undefined: the task has not started. */
function taskItem(of: BigPipeline, index: number, task: number, live: LiveState): Item | undefined {
  const middle = Math.floor(of.tasks / 2);
  if (isLive(index) && task >= live.done + rowLength) return undefined;
  if (hasFailed(index) && (task > middle || afterOf(task).includes(middle))) return undefined;
  const text = taskText(of, index, task, {
    isRunning: isLive(index) && task >= live.done,
    isBroken: hasFailed(index) && task === middle,
  });
  return { key: taskKey(idOf(of, index), `task_${task}`), version: 4, value: JSON.parse(text) };
}

function taskText(
  of: BigPipeline,
  index: number,
  task: number,
  { isRunning, isBroken }: { readonly isRunning: boolean; readonly isBroken: boolean },
): string {
  const since = newest - index * hour + task * 1_000;
  const id = `jr_${index}_${task}`;
  const ending = isBroken
    ? { result: 'failed', error: 'Glue.JobFailed', cause: "KeyError: 'customer_id'" }
    : { result: 'succeeded' };
  const phase = isRunning
    ? { at: 'running', since: since + 2_000, id }
    : { at: 'ended', since: since + 60_000, id, ending, delivery: 'told' };
  const times = { startedOn: since + 1_500, completedOn: since + 60_000, executionSeconds: 46, dpuSeconds: 120 };
  return JSON.stringify({
    run: idOf(of, index),
    pipeline: of.name,
    task: `task_${task}`,
    attempt: {
      number: 1,
      since,
      token: 'a-token-of-a-state-that-waits-which-is-some-hundred-characters-long'.repeat(8),
      work: { kind: 'glue-job', job: 'work', inject: true, args: { '--year': '2026', '--part': String(task) } },
      timeout: 172_800,
      outputLimit: 0,
      tries: 1,
      phase,
      ...(isRunning ? {} : { times }),
    },
    spent: [],
    earlier: [],
  });
}
