import { datasetTriggers } from '../../actors/publish-datasets.ts';
import { present } from '../../json.ts';
import { itemsOf } from '../../ledger/items-of.ts';
import type { Key, Ledger } from '../../ledger/ledger.ts';
import { datasetPartition, waitingKey, waitingPartition } from '../../ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../../ledger/read-record.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { missingOf } from '../../triggers/datasets/advance-waiting.ts';
import { publicationRecord, type WaitingRecord, waitingRecord } from '../../triggers/datasets/waiting-record.ts';
import { isoTime } from '../shapes.ts';
import type { DatasetList, DatasetView, WaitingList } from './trigger-lists.ts';

/** What each dataset trigger waits for. @param ledger undefined: nothing has run yet */
export async function listWaiting(ledger: Ledger | undefined, pipelines: readonly Pipeline[]): Promise<WaitingList> {
  const records = ledger === undefined ? [] : await openRecords(ledger, new Set(pipelines.map(({ name }) => name)));
  const waiting = pipelines.flatMap(datasetTriggers).flatMap(({ pipeline, trigger, of }) => {
    const known = records.filter((record) => record.pipeline === pipeline && record.trigger === trigger);
    const begun = known.length > 0 ? known : [undefined];
    return begun.map((record) => {
      const { have = {}, interval, deadlineAt } = record ?? {};
      return {
        pipeline,
        trigger,
        ...present({ interval }),
        has: Object.keys(have),
        missing: missingOf({ have }, of),
        optional: (of.optional ?? []).filter((dataset) => have[dataset] === undefined),
        ...(deadlineAt === undefined ? {} : { deadlineAt: isoTime(deadlineAt) }),
      };
    });
  });
  return { waiting };
}

async function openRecords(ledger: Ledger, pipelines: ReadonlySet<string>): Promise<WaitingRecord[]> {
  const keys: Key[] = [];
  for await (const { value } of itemsOf(ledger, waitingPartition)) {
    const pipeline = String(value.pipeline);
    if (pipelines.has(pipeline)) keys.push(waitingKey(pipeline, String(value.trigger), String(value.key)));
  }
  const records = await Promise.all(keys.map((key) => readRecord(ledger, key, waitingRecord)));
  return records.filter((record) => record !== undefined);
}

/** The datasets that pipelines publish or wait for. @param count intervals of each, the latest first */
export async function listDatasets(
  ledger: Ledger,
  pipelines: readonly Pipeline[],
  count: number,
): Promise<DatasetList> {
  const published = pipelines.flatMap(({ name: pipeline, tasks }) =>
    tasks.flatMap(({ name: task, publishes }) => publishes.map((dataset) => ({ dataset, pipeline, task }))),
  );
  const waited = pipelines
    .flatMap(datasetTriggers)
    .flatMap(({ pipeline, trigger, of }) =>
      [...of.datasets, ...(of.optional ?? [])].map((dataset) => ({ dataset, pipeline, trigger })),
    );
  const names = [...new Set([...published, ...waited].map(({ dataset }) => dataset))].sort();
  const datasets: DatasetView[] = [];
  for (const name of names) {
    const { items } = await ledger.list(datasetPartition(name), { descending: true, limit: count });
    datasets.push({
      dataset: name,
      publishedBy: published.flatMap(({ dataset, ...by }) => (dataset === name ? [by] : [])),
      waitedForBy: waited.flatMap(({ dataset, ...by }) => (dataset === name ? [by] : [])),
      publications: items.map((item) => {
        const { at, run } = parseRecord(publicationRecord, item);
        return { interval: item.key.sort, at: isoTime(at), run };
      }),
    });
  }
  return { datasets };
}
