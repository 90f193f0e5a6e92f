import { advanceGate, type GateEffect, type GateSignal } from '../runs/advance-gate.ts';
import { type GateRecord, gateIndex, gateRecord } from '../runs/gate-record.ts';
import { gateKey } from '../runs/ledger-keys.ts';
import { advance, type Machine } from './advance.ts';
import { sendSuccess } from './sfn.ts';
import type { System } from './system.ts';

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
