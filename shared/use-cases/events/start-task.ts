import { signalGate } from '../../actors/gate-actor.ts';
import { signalTask } from '../../actors/task-actor.ts';
import { present } from '../../json.ts';
import { runKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { Task } from '../../model/pipeline.ts';
import type { EndTaskCall, GateCall, StartTaskCall } from '../../protocol/read-call.ts';
import { runRecord } from '../../runs/run/run-record.ts';
import { isCatchUp } from '../../runs/slots/is-catch-up.ts';
import type { System } from '../../services/system.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { endTask, startOf } from './native-task.ts';

/** A state waits for a task or for tasks of other branches, or tells how a native task ended. */
export async function startTask(system: System, call: StartTaskCall | EndTaskCall | GateCall): Promise<unknown> {
  if (call.call === 'end') return endTask(system, call);
  if (call.call === 'gate') return void (await signalGate(system, call.run, call.gate, { is: 'call', call }));
  const tasks = system.catalog.byName(call.pipeline)?.pipeline.tasks;
  const task = tasks?.find(({ name }) => name === call.task);
  const { publishes = [] } = task ?? {};
  const pool = await poolOf(system, call.run, task);
  const record = await signalTask(system, call, { is: 'call', call, publishes, ...present({ pool }) });
  return kindOf(call.work.kind).runs.by === 'state' ? startOf(record) : undefined;
}

/** The task's share of its pool. Only the run says whether it catches up. */
async function poolOf({ ledger }: System, id: string, task: Task | undefined) {
  if (task?.pool === undefined) return undefined;
  const run = await readRecord(ledger, runKey(id), runRecord);
  return { ...task.pool, ...(run !== undefined && isCatchUp(run) ? { catchUp: true as const } : {}) };
}
