import { signalGate } from '../../actors/gate-actor.ts';
import type { Carried } from '../../protocol/outcome.ts';
import type { SignalCall } from '../../protocol/read-call.ts';
import type { System } from '../../services/system.ts';

/** Records outcomes at every gate that waits for them, and opens those that waited for no other. */
export async function signal(system: System, call: SignalCall & { readonly tasks: Carried }): Promise<void> {
  const { run, gates, tasks: outcomes } = call;
  for (const gate of gates) await signalGate(system, run, gate, { is: 'outcomes', run, gate, outcomes });
}
