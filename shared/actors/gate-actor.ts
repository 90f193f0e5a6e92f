import { gateKey } from '../ledger/ledger-keys.ts';
import { advanceGate, type GateEffect, type GateSignal } from '../runs/gate/advance-gate.ts';
import { type GateRecord, gateIndex, gateRecord } from '../runs/gate/gate-record.ts';
import { sendSuccess } from '../services/sfn.ts';
import type { System } from '../services/system.ts';
import { advance, type Machine } from './advance.ts';

export function signalGate(
  system: System,
  run: string,
  gate: string,
  ...signals: GateSignal[]
): Promise<GateRecord | undefined> {
  return advance(system, gateMachine, gateKey(run, gate), ...signals);
}

const gateMachine: Machine<GateRecord, GateSignal, GateEffect> = {
  schema: gateRecord,
  decide: advanceGate,
  index: gateIndex,
  async perform(system, { token, outcomes }) {
    const delivery = await sendSuccess(system.sfn, token, { tasks: outcomes });
    return delivery === 'later' ? [] : [{ is: 'delivered', token }];
  },
};
