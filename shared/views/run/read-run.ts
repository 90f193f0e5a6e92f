import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Pipeline, Task } from '../../model/pipeline.ts';
import { hasEnded, type RunRecord } from '../../runs/run/run-record.ts';
import { type SlotsRecord, whyQueued } from '../../runs/slots/slots.ts';
import { readSlots } from '../queues/read-slots.ts';
import { isoTime } from '../shapes.ts';
import { boundOutputs } from './bound-outputs.ts';
import { definitionOf } from './definition-of.ts';
import { readItems, withItems } from './item-views.ts';
import { factsOf } from './read-outcomes.ts';
import { type RunRecords, readRunRecords } from './read-run-records.ts';
import { startedBy, startedRuns } from './related-runs.ts';
import type { RunView } from './run-view.ts';
import { type ShownTask, taskViews } from './task-views.ts';

/** A run and its tasks, without the runs around it. */
export type OwnRunView = Omit<RunView, 'waits' | 'startedBy' | 'started'>;

/**
 * A run as the API answers it, `--json` prints it and the page draws it. Undefined: there is no such run.
 *
 * @param pipelines the current definitions
 */
export async function readRun(
  ledger: Ledger,
  id: string,
  pipelines: readonly Pipeline[],
): Promise<RunView | undefined> {
  const found = await readOwnRun(ledger, id, pipelines);
  if (found === undefined) return undefined;
  const { run } = found.records;
  const { tasks, ...own } = found.view;
  return {
    ...own,
    ...(await whyItWaits(run, (pipeline) => readSlots(ledger, pipeline))),
    ...present({ startedBy: startedBy(run) }),
    started: await startedRuns(ledger, run, pipelines),
    tasks,
  };
}

/** Fewer reads than {@link readRun}, for what is asked often. */
export async function readOwnRun(
  ledger: Ledger,
  id: string,
  pipelines: readonly Pipeline[],
): Promise<{ readonly view: OwnRunView; readonly records: RunRecords } | undefined> {
  const records = await readRunRecords({ ledger }, id);
  if (records === undefined) return undefined;
  const { run } = records;
  const { pipeline, exact, changed } = await definitionOf(ledger, run, pipelines);
  const facts = factsOf(records, exact);
  const items = await readItems(ledger, records.tasks);
  const tasks = withGone(pipeline?.tasks ?? [], [...facts.records.keys()]);
  const view = {
    ...runFacts(run),
    ...(changed || tasks.some(isGone) ? { changed: true as const } : {}),
    tasks: withItems(boundOutputs(taskViews(tasks, { ...facts, over: hasEnded(run.status) })), items),
  };
  return { view, records };
}

/** Empty: it does not wait for other runs of its pipeline. */
export async function whyItWaits(
  { id, pipeline, status }: Pick<RunRecord, 'id' | 'pipeline' | 'status'>,
  slotsOf: (pipeline: string) => Promise<SlotsRecord | undefined>,
): Promise<Pick<RunView, 'waits'>> {
  const slots = status === 'QUEUED' ? await slotsOf(pipeline) : undefined;
  return present({ waits: slots === undefined ? undefined : whyQueued(slots, id) });
}

function runFacts(run: RunRecord): Omit<OwnRunView, 'tasks'> {
  const { id, pipeline, status, params, createdAt, startedAt, endedAt, settled, rerunOf, late, error } = run;
  // an internal digest, which identifies a request
  const { request: _, ...trigger } = run.trigger;
  return {
    id,
    pipeline,
    status,
    trigger,
    params,
    createdAt: isoTime(createdAt),
    settled,
    ...(startedAt === undefined ? {} : { startedAt: isoTime(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: isoTime(endedAt) }),
    ...present({ cancelledBy: run.cancelledBy, interval: run.interval, rerunOf, late, error, cause: run.errorCause }),
  };
}

/** Includes tasks that the pipeline no longer has. */
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
