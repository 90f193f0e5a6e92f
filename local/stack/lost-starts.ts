import * as z from 'zod/mini';
import { signalTask } from '../../shared/actors/task-actor.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { openShards, taskKey, taskPrefix } from '../../shared/ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../../shared/ledger/read-record.ts';
import { allOf } from '../../shared/ledger/shards.ts';
import { type TaskRecord, taskRecord } from '../../shared/runs/task/task-record.ts';
import type { System } from '../../shared/services/system.ts';

const reference = z.object({ run: z.string(), name: z.string() });

/**
 * Attempts whose job an earlier process was starting. Read them before anything else runs, while nobody holds a lease.
 */
export async function startsUnderWay(ledger: Ledger): Promise<readonly TaskRecord[]> {
  const found: TaskRecord[] = [];
  for await (const item of allOf(ledger, openShards, { prefix: taskPrefix })) {
    const { run, name } = parseRecord(reference, item);
    const record = await readRecord(ledger, taskKey(run, name), taskRecord);
    if (record?.attempt.phase.at === 'starting') found.push(record);
  }
  return found;
}

/** Looks for their jobs instead of waiting for their leases to expire. The reconciler repairs what fails here. */
export async function lookForLostStarts(system: System, starts: readonly TaskRecord[]): Promise<void> {
  for (const { run, task, attempt } of starts) {
    const lost = { is: 'ambiguous', settled: true, attempt: attempt.number, try: attempt.tries } as const;
    try {
      await signalTask(system, { run, task }, lost);
    } catch (error) {
      system.log({
        message: 'a lost start was not looked for',
        run,
        task,
        error: error instanceof Error ? error.name : 'Error',
      });
    }
  }
}
