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
import { readRunRecords } from './read-run-records.ts';
import { startedBy, startedRuns } from './related-runs.ts';
import type { RunView } from './run-view.ts';
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
  const { pipeline, exact, changed } = await definitionOf(ledger, run, pipelines);
  const facts = factsOf(known, exact);
  const tasks = withGone(pipeline?.tasks ?? [], [...facts.records.keys()]);
  const by = startedBy(run);
  return {
    ...runFacts(run),
    ...(await whyItWaits(ledger, run)),
    ...(changed || tasks.some(isGone) ? { changed: true } : {}),
    ...present({ startedBy: by }),
    started: await startedRuns(ledger, run, pipelines),
    tasks: boundOutputs(taskViews(tasks, { ...facts, over: hasEnded(run.status) })),
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
