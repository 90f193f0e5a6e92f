import * as z from 'zod/mini';
import { gateKey } from '../ledger/ledger-keys.ts';
import { advanceGate, type GateEffect, type GateSignal } from '../runs/gate/advance-gate.ts';
import { type GateRecord, gateIndex, gateRecord } from '../runs/gate/gate-record.ts';
import { sendSuccess } from '../services/sfn.ts';
import type { System } from '../services/system.ts';
import { type Actor, advance } from './kit/advance.ts';
import { openEntry } from './kit/open-entry.ts';

export async function signalGate(
  system: System,
  run: string,
  gate: string,
  signal: GateSignal,
): Promise<GateRecord | undefined> {
  return (await advance(system, gateActor, gateKey(run, gate), [signal])).record;
}

const gateActor: Actor<GateRecord, GateSignal, GateEffect> = {
  schema: gateRecord,
  decide: advanceGate,
  index: gateIndex,
  async perform(system, { token, outcomes }) {
    const delivery = await sendSuccess(system.sfn, token, { tasks: outcomes });
    return delivery === 'later' ? [] : [{ is: 'delivered', token }];
  },
};

export const openGates = openEntry('gate', z.object({ run: z.string(), name: z.string() }), async (system, open) => {
  await signalGate(system, open.run, open.name, { is: 'tick' });
});
