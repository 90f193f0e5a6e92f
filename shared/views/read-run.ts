import type { JsonObject } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { keepKey, runKey, runPartition, runsPartition, slotsKey, taskPrefix } from '../ledger/ledger-keys.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import { outcomes } from '../protocol/outcome.ts';
import { hasEnded, type RunRecord, runRecord } from '../runs/run/run-record.ts';
import { slotsRecord, whyQueued } from '../runs/slots/slots.ts';
import { type TaskRecord, taskRecord } from '../runs/task/task-record.ts';
import type { RunView } from './run-view.ts';
import { type ShownTask, taskViews } from './task-views.ts';

/** Undefined: there is no such run. @param pipelineOf the definition as it is now, if there still is one */
export async function readRun(
  ledger: Ledger,
  id: string,
  pipelineOf: (name: string) => Pipeline | undefined,
): Promise<RunView | undefined> {
  const item = await ledger.get(runKey(id));
  if (item === undefined) return undefined;
  const run = runRecord.parse(item.value);
  const records = await readTasks(ledger, id);
  const keep = outcomes.parse((await ledger.get(keepKey(id)))?.value.tasks ?? {});
  const told = run.tasks ?? {};
  const had = [...records.keys(), ...Object.keys(told)];
  const now = pipelineOf(run.pipeline)?.tasks ?? [];
  // one that came to its end had no others; of another nobody knows what it would have run
  const tasks = withGone(run.tasks === undefined ? now : only(now, new Set(had)), had);
  const changed = run.tasks !== undefined && now.some(({ name }) => !had.includes(name));
  const waits = await whyItWaits(ledger, run);
  return {
    ...runFacts(run),
    ...waits,
    ...(changed || tasks.some(isGone) ? { changed: true } : {}),
    tasks: taskViews(tasks, { records, keep, outcomes: told, over: hasEnded(run.status) }),
  };
}

/** Empty: it does not wait for its pipeline's other runs. */
export async function whyItWaits(
  ledger: Ledger,
  { id, pipeline, status }: Pick<RunRecord, 'id' | 'pipeline' | 'status'>,
): Promise<Pick<RunView, 'waits'>> {
  const slots = status === 'QUEUED' ? await ledger.get(slotsKey(pipeline)) : undefined;
  const waits = slots === undefined ? undefined : whyQueued(slotsRecord.parse(slots.value), id);
  return waits === undefined ? {} : { waits };
}

function runFacts(run: RunRecord): Omit<RunView, 'tasks'> {
  const { id, pipeline, status, trigger, params, createdAt, startedAt, endedAt, settled, rerunOf, late, error } = run;
  return {
    id,
    pipeline,
    status,
    trigger,
    params,
    createdAt,
    settled,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(run.cancelledBy === undefined ? {} : { cancelledBy: run.cancelledBy }),
    ...(run.interval === undefined ? {} : { interval: run.interval }),
    ...(rerunOf === undefined ? {} : { rerunOf }),
    ...(late === undefined ? {} : { late }),
    ...(error === undefined ? {} : { error }),
    ...(run.errorCause === undefined ? {} : { cause: run.errorCause }),
  };
}

async function readTasks(ledger: Ledger, run: string): Promise<Map<string, TaskRecord>> {
  const records = new Map<string, TaskRecord>();
  let from: string | undefined;
  do {
    const page = await ledger.list(runPartition(run), { prefix: taskPrefix, ...(from === undefined ? {} : { from }) });
    for (const { value } of page.items) {
      const record = taskRecord.parse(value);
      records.set(record.task, record);
    }
    from = page.next;
  } while (from !== undefined);
  return records;
}

function only(tasks: readonly Task[], names: ReadonlySet<string>): readonly Task[] {
  const kept = tasks.filter(({ name }) => names.has(name));
  return kept.map((task) => ({ ...task, after: task.after.filter((name) => names.has(name)) }));
}

/** Tasks that the run had and the pipeline no longer has are shown, too. */
function withGone(tasks: readonly Task[], names: readonly string[]): readonly ShownTask[] {
  const known = new Set(tasks.map((task) => task.name));
  const gone = [...new Set(names)].filter((name) => !known.has(name));
  return [...tasks, ...gone.map(goneTask)];
}

const isGone = ({ gone }: ShownTask): boolean => gone === true;

function goneTask(name: string): ShownTask {
  return {
    name,
    after: [],
    when: 'all_succeeded',
    retry: { attempts: 1, delaySeconds: 0, backoff: 1 },
    tolerate: false,
    gone: true,
  };
}

/** The newest runs first. @param pipeline only its runs; absent: all */
export async function listRuns(ledger: Ledger, limit: number, pipeline?: string): Promise<JsonObject[]> {
  const { items } = await ledger.list(runsPartition(pipeline), { descending: true, limit });
  return items.map((item) => item.value);
}
