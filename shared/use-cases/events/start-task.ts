import { signalGate } from '../../actors/gate-actor.ts';
import { signalTask } from '../../actors/task-actor.ts';
import type { GateCall, StartTaskCall } from '../../protocol/read-call.ts';
import type { System } from '../../services/system.ts';

/** A state waits with a token, for a task or for tasks of other branches. */
export async function startTask(system: System, call: StartTaskCall | GateCall): Promise<void> {
  if (call.call === 'task') {
    const tasks = system.catalog.byName(call.pipeline)?.pipeline.tasks;
    const publishes = tasks?.find((task) => task.name === call.task)?.publishes ?? [];
    await signalTask(system, call, { is: 'call', call, publishes });
  } else await signalGate(system, call.run, call.gate, { is: 'call', call });
}
