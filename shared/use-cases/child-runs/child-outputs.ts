import type { Json } from '../../json.ts';
import { taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { outputBytes, readOutput } from '../../runs/task/read-output.ts';
import { taskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';
import { outputAddress } from '../../tasks/kind/output-address.ts';

/** The ledger keeps an output only where a later task of the same run reads it: otherwise it lies where the work left it. */
export async function outputsOf(system: System, run: string, tasks: readonly string[]): Promise<Record<string, Json>> {
  const outputs: Record<string, Json> = {};
  for (const task of tasks) {
    const { phase, number } = (await readRecord(system.ledger, taskKey(run, task), taskRecord))?.attempt ?? {};
    if (phase?.at !== 'ended' || phase.ending.result !== 'succeeded' || number === undefined) continue;
    outputs[task] = phase.ending.output ?? (await leftAt(system, outputAddress(run, task, number)));
  }
  return outputs;
}

async function leftAt({ objects, outputBucket }: System, address: string): Promise<Json> {
  const read = readOutput(await objects.get(outputBucket, address, outputBytes), outputBytes);
  return read.is === 'read' ? read.value : null;
}
