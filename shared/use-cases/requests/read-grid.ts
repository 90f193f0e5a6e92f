import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { runKey, runsPartition, taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { type RunRecord, runIndex, runRecord } from '../../runs/run/run-record.ts';
import { endedTask } from '../../runs/task/task-record.ts';
import { slotsReader } from '../../views/queues/read-slots.ts';
import type { TaskState } from '../../views/run/run-view.ts';
import { statusOf } from '../../views/run/task-views.ts';
import type { GridColumn, GridView } from '../../views/runs/grid-view.ts';
import { listRuns, type RunsWanted, runItemOf } from '../../views/runs/list-runs.ts';
import { isoTime } from '../../views/shapes.ts';
import { readTaskStates } from './read-task-states.ts';

export type GridWanted = Pick<RunsWanted, 'limit' | 'statuses' | 'cursor'> & {
  readonly first: number;
  readonly rows: number;
  /** A run to show among its neighbours, however old. */
  readonly at?: string;
  /** These runs, in place of those of a list. */
  readonly runs?: readonly string[];
};

/** @param pipelines the current definitions */
export async function readGrid(
  ledger: Ledger,
  pipeline: Pipeline,
  { first, rows, runs: ids, at, ...wanted }: GridWanted,
  pipelines: readonly Pipeline[],
): Promise<GridView> {
  const tasks = pipeline.tasks.slice(first, first + rows).map(({ name }) => name);
  const until = at === undefined ? undefined : await timeBehind(ledger, at, pipeline.name, wanted.limit);
  const { runs, next } =
    ids === undefined
      ? await listRuns(ledger, { ...wanted, pipeline: pipeline.name, ...present({ until }) })
      : { runs: ids.map((id) => ({ id })), next: undefined };
  const slotsOf = slotsReader(ledger);
  const columns = await Promise.all(
    runs.map(({ id }) => readColumn(ledger, id, { pipeline: pipeline.name, tasks, pipelines, slotsOf })),
  );
  return {
    pipeline: pipeline.name,
    rows: pipeline.tasks.length,
    first,
    tasks,
    ...(until === undefined ? {} : { until: isoTime(until) }),
    runs: columns.filter((column) => column !== undefined),
    ...present({ next }),
  };
}

/**
 * The time at which to start a page of `limit` runs, so that the wanted run is in its middle. Undefined: the newest page
 * has it, or there is no such run.
 */
async function timeBehind(ledger: Ledger, id: string, pipeline: string, limit: number): Promise<number | undefined> {
  const run = await readRecord(ledger, runKey(id), runRecord);
  const place = run?.pipeline === pipeline ? runIndex(run)[0]?.key.sort : undefined;
  if (place === undefined) return undefined;
  const newer = await ledger.list(runsPartition(pipeline), { from: place, limit });
  const last = newer.items[Math.floor(limit / 2) - 1]?.value.createdAt;
  return newer.items.length < limit || typeof last !== 'number' ? undefined : last + 1;
}

type Around = {
  readonly pipeline: string;
  readonly tasks: readonly string[];
  readonly pipelines: readonly Pipeline[];
  readonly slotsOf: ReturnType<typeof slotsReader>;
};

async function readColumn(
  ledger: Ledger,
  id: string,
  { pipeline, tasks, pipelines, slotsOf }: Around,
): Promise<GridColumn | undefined> {
  const run = await readRecord(ledger, runKey(id), runRecord);
  if (run === undefined || run.pipeline !== pipeline) return undefined;
  const states = (await statesByRecord(ledger, run, tasks)) ?? (await statesByAll(ledger, id, pipelines));
  return {
    ...(await runItemOf(run, slotsOf)),
    settled: run.settled,
    states: tasks.map((name) => states.get(name) ?? null),
  };
}

type States = ReadonlyMap<string, TaskState>;

/**
 * The states of a settled run's tasks, from their records alone. Undefined: the state of some task follows from other
 * tasks, or from an earlier run.
 */
async function statesByRecord(ledger: Ledger, run: RunRecord, tasks: readonly string[]): Promise<States | undefined> {
  const lost = run.finished?.lost ?? {};
  if (!run.settled || run.rerunOf !== undefined || tasks.some((task) => Object.hasOwn(lost, task))) return undefined;
  const items = await Promise.all(tasks.map((task) => ledger.get(taskKey(run.id, task))));
  const states = new Map<string, TaskState>();
  for (const [at, task] of tasks.entries()) {
    const { data } = endedTask.safeParse(items[at]?.value);
    if (data === undefined) return undefined;
    states.set(task, statusOf(data.attempt.phase.ending));
  }
  return states;
}

async function statesByAll(ledger: Ledger, id: string, pipelines: readonly Pipeline[]): Promise<States> {
  const found = await readTaskStates({ ledger }, id, pipelines);
  return new Map(Object.entries(found?.states ?? {}));
}
