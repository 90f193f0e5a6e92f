import type { GateCall, StartTaskCall } from '../runs/messages.ts';
import { signalGate } from './gate-machine.ts';
import type { System } from './system.ts';
import { signalTask } from './task-machine.ts';

/** A state waits, with a token: for a task, or for tasks of other branches. */
export async function startTask(system: System, call: StartTaskCall | GateCall): Promise<void> {
  if (call.call === 'task') {
    const tasks = system.catalog.byName(call.pipeline)?.pipeline.tasks;
    const publishes = tasks?.find((task) => task.name === call.task)?.publishes ?? [];
    await signalTask(system, call, { is: 'call', call, publishes });
  } else await signalGate(system, call.run, call.gate, { is: 'call', call });
}
