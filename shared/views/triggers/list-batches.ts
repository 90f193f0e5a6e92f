import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { gatheringKey } from '../../ledger/ledger-keys.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { BatchRules } from '../../model/trigger.ts';
import { batchId, gathering, missingOf } from '../../triggers/arrivals/gather.ts';
import { isoTime } from '../shapes.ts';
import type { OpenBatchList, OpenBatchView } from './trigger-lists.ts';

/** How many sets of bound parameters are read for each trigger. Most have no open batch. */
const lookedAt = 1_000;

/** The open batches: what they hold so far, and what will end them. */
export async function listBatches(ledger: Ledger, pipelines: readonly Pipeline[]): Promise<OpenBatchList> {
  const batches: OpenBatchView[] = [];
  let more = false;
  for (const { name, triggers } of pipelines) {
    for (const [trigger, rules] of Object.entries(triggers)) {
      if (rules.kind !== 's3' || rules.batch === undefined) continue;
      const found = await openBatches(ledger, name, trigger, rules.batch);
      batches.push(...found.batches);
      more ||= found.more;
    }
  }
  return { batches: batches.sort((one, other) => one.first.localeCompare(other.first)), more };
}

async function openBatches(
  ledger: Ledger,
  pipeline: string,
  trigger: string,
  rules: BatchRules,
): Promise<{ readonly batches: readonly OpenBatchView[]; readonly more: boolean }> {
  const { partition } = gatheringKey(pipeline, trigger, '');
  const batches: OpenBatchView[] = [];
  let from: string | undefined;
  for (let seen = 0; seen < lookedAt; ) {
    const page = await ledger.list(partition, { limit: 200, ...present({ from }) });
    for (const { value } of page.items) {
      const record = gathering.parse(value);
      if (record.open === undefined) continue;
      const { first, last, count, bytes, until, seen: expected } = record.open;
      batches.push({
        id: batchId(record),
        pipeline,
        trigger,
        bucket: record.bucket,
        params: record.params,
        first: isoTime(first),
        last: isoTime(last),
        count,
        bytes,
        ...(until === undefined ? {} : { until: isoTime(until) }),
        ...present({ size: rules.size, mostBytes: rules.bytes, marker: rules.marker }),
        ...expectedOf(rules, expected),
      });
    }
    if (page.next === undefined) return { batches, more: false };
    from = page.next;
    seen += page.items.length;
  }
  return { batches, more: true };
}

function expectedOf({ expect }: BatchRules, seen: string[]): Pick<OpenBatchView, 'expected' | 'missing'> {
  if (expect === undefined) return {};
  if (typeof expect === 'number') return { expected: expect };
  return { expected: expect.length, missing: missingOf({ seen }, { expect }) };
}
