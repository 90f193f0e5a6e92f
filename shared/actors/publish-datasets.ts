import { datasetKey, waitingKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import type { Interval, Pipeline } from '../model/pipeline.ts';
import type { DatasetsTrigger } from '../model/trigger.ts';
import { triggersOf } from '../model/trigger.ts';
import type { RunRecord } from '../runs/run/run-record.ts';
import type { TaskRecord } from '../runs/task/task-record.ts';
import type { System } from '../services/system.ts';
import { intervalKey } from '../time/interval.ts';
import { type Publication, publicationRecord } from '../triggers/datasets/waiting-record.ts';
import { findRun } from './kit/find-run.ts';
import { tellOthers } from './kit/publish-events.ts';
import { signalTask } from './task-actor.ts';
import { signalWaiting } from './waiting-actor.ts';

/**
 * Publishes the datasets of a succeeded task for its run's interval, and signals the triggers that wait for them.
 * Called from outside the task's own record, because a published dataset may start runs whose ends stop tasks.
 */
export async function publishDatasets(system: System, record: TaskRecord | undefined): Promise<void> {
  const phase = record?.attempt.phase;
  if (record === undefined || phase?.at !== 'ended' || phase.publication === undefined) return;
  const { run: id, task, attempt } = record;
  const run = await findRun(system, id);
  if (run !== undefined) await publish(system, run, task, attempt.publishes ?? []);
  await signalTask(system, record, { is: 'published', attempt: attempt.number });
}

async function publish(system: System, run: RunRecord, task: string, datasets: readonly string[]): Promise<void> {
  const { id } = run;
  const { pipeline, interval, depth = 0 } = run;
  const key = interval === undefined ? withoutInterval : intervalKey(interval);
  const publication = { by: `${id}/${task}`, run: id, at: system.clock(), depth: depth + 1 };
  for (const dataset of datasets) {
    await system.ledger.write([{ key: datasetKey(dataset, key), expect: 'any', value: publication }]);
    system.log({ message: 'dataset published', dataset, run: id, pipeline, task, interval: key });
    const ofInterval = interval === undefined ? {} : { interval: { ...interval } };
    await tellOthers(system, [
      { type: 'Dataset Published', detail: { pipeline, run: id, task, dataset, ...ofInterval } },
    ]);
    for (const waiting of waitersFor(system, dataset)) await tell(system, waiting, dataset, publication, key, interval);
  }
}

export const withoutInterval = '-';

type Waiter = { readonly pipeline: string; readonly trigger: string; readonly of: DatasetsTrigger };

async function tell(
  system: System,
  { pipeline, trigger, of }: Waiter,
  dataset: string,
  publication: Publication,
  key: string,
  interval: Interval | undefined,
): Promise<void> {
  const what = { pipeline, trigger, key, ...(interval === undefined ? {} : { interval: { ...interval } }) };
  const known = await system.ledger.get(waitingKey(pipeline, trigger, key));
  const before = known === undefined && interval !== undefined ? await marksOf(system, of, dataset, key) : [];
  const signals = [...before, [dataset, publication] as const].map(
    ([name, one]) => ({ is: 'published', dataset: name, publication: one, of, for: what }) as const,
  );
  await signalWaiting(system, pipeline, trigger, key, signals);
}

/** Datasets of the interval that were published before any trigger waited for it. */
async function marksOf(system: System, { datasets, optional = [] }: DatasetsTrigger, besides: string, key: string) {
  const marks: (readonly [string, Publication])[] = [];
  for (const dataset of [...datasets, ...optional]) {
    const mark =
      dataset === besides ? undefined : await readRecord(system.ledger, datasetKey(dataset, key), publicationRecord);
    if (mark !== undefined) marks.push([dataset, mark]);
  }
  return marks;
}

function waitersFor({ catalog }: System, dataset: string): Waiter[] {
  return catalog.pipelines.flatMap(({ pipeline }) =>
    datasetTriggers(pipeline).filter(({ of }) => [...of.datasets, ...(of.optional ?? [])].includes(dataset)),
  );
}

export function datasetTriggers(pipeline: Pipeline): Waiter[] {
  return triggersOf(pipeline, 'datasets').map(([trigger, of]) => ({ pipeline: pipeline.name, trigger, of }));
}
