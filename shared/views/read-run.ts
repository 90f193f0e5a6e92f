import { present } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { slotsKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import { hasEnded, type RunRecord } from '../runs/run/run-record.ts';
import { slotsRecord, whyQueued } from '../runs/slots/slots.ts';
import { boundOutputs } from './bound-outputs.ts';
import { definitionOf } from './definition-of.ts';
import { factsOf } from './read-outcomes.ts';
import { type RunRecords, readRunRecords } from './read-run-records.ts';
import { startedBy, startedRuns } from './related-runs.ts';
import type { RunView, TaskView } from './run-view.ts';
import { isoTime } from './shapes.ts';
import { type ShownTask, taskViews } from './task-views.ts';

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
  const known = await readRunRecords({ ledger }, id);
  if (known === undefined) return undefined;
  const { run } = known;
  const { tasks, changed } = await tasksOfRun(ledger, known, pipelines);
  const by = startedBy(run);
  return {
    ...runFacts(run),
    ...(await whyItWaits(ledger, run)),
    ...(changed ? { changed: true } : {}),
    ...present({ startedBy: by }),
    started: await startedRuns(ledger, run, pipelines),
    tasks: boundOutputs(tasks),
  };
}

/** The tasks of a run, with whole outputs. `changed`: the pipeline has other tasks now. */
export async function tasksOfRun(
  ledger: Ledger,
  known: RunRecords,
  pipelines: readonly Pipeline[],
): Promise<{ readonly tasks: TaskView[]; readonly changed: boolean }> {
  const { pipeline, exact, changed } = await definitionOf(ledger, known.run, pipelines);
  const facts = factsOf(known, exact);
  const tasks = withGone(pipeline?.tasks ?? [], [...facts.records.keys()]);
  return {
    tasks: taskViews(tasks, { ...facts, over: hasEnded(known.run.status) }),
    changed: changed || tasks.some(isGone),
  };
}

/** Empty: it does not wait for other runs of its pipeline. */
export async function whyItWaits(
  ledger: Ledger,
  { id, pipeline, status }: Pick<RunRecord, 'id' | 'pipeline' | 'status'>,
): Promise<Pick<RunView, 'waits'>> {
  const slots = status === 'QUEUED' ? await readRecord(ledger, slotsKey(pipeline), slotsRecord) : undefined;
  const waits = slots === undefined ? undefined : whyQueued(slots, id);
  return waits === undefined ? {} : { waits };
}

function runFacts(run: RunRecord): Omit<RunView, 'tasks' | 'started'> {
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
