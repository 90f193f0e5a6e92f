import { signalGate } from '../../actors/gate-actor.ts';
import { signalTask } from '../../actors/task-actor.ts';
import type { EndTaskCall, GateCall, StartTaskCall } from '../../protocol/read-call.ts';
import type { System } from '../../services/system.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { endTask, startOf } from './native-task.ts';

/** A state waits for a task or for tasks of other branches, or tells how a native task ended. */
export async function startTask(system: System, call: StartTaskCall | EndTaskCall | GateCall): Promise<unknown> {
  if (call.call === 'end') return endTask(system, call);
  if (call.call === 'gate') return void (await signalGate(system, call.run, call.gate, { is: 'call', call }));
  const tasks = system.catalog.byName(call.pipeline)?.pipeline.tasks;
  const publishes = tasks?.find((task) => task.name === call.task)?.publishes ?? [];
  const record = await signalTask(system, call, { is: 'call', call, publishes });
  return kindOf(call.work.kind).runs.by === 'state' ? startOf(record) : undefined;
}
