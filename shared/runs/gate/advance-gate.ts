import { present } from '../../json.ts';
import type { Step } from '../../ledger/decision.ts';
import { judge, type TaskOutcome } from '../../model/join-rule.ts';
import { outcomeOfScore } from '../../model/score.ts';
import { isOlder } from '../../protocol/call-order.ts';
import type { Carried, Outcome } from '../../protocol/outcome.ts';
import type { GateCall } from '../../protocol/read-call.ts';
import { tokensKept } from '../task/attempt.ts';
import type { GateRecord } from './gate-record.ts';

export type GateSignal =
  | { readonly is: 'call'; readonly call: GateCall }
  | { readonly is: 'outcomes'; readonly run: string; readonly gate: string; readonly outcomes: Carried }
  | { readonly is: 'delivered'; readonly token: string }
  | { readonly is: 'tick' };

export type GateEffect = { readonly do: 'open'; readonly token: string; readonly outcomes: Carried };

export type GateStep = Step<GateRecord, GateEffect>;

/**
 * The waiting state and the tasks it waits for both record first and check afterwards, so whichever comes last opens
 * the gate.
 */
export function advanceGate(record: GateRecord | undefined, signal: GateSignal): GateStep {
  switch (signal.is) {
    case 'call':
      return called(record ?? emptyGate(signal.call.run, signal.call.gate), signal.call);
    case 'outcomes': {
      const gate = record ?? emptyGate(signal.run, signal.gate);
      const news = Object.keys(signal.outcomes).some((key) => !Object.hasOwn(gate.outcomes, key));
      // the first word counts: a signal that is invoked again brings the same
      return news ? check({ ...gate, outcomes: { ...signal.outcomes, ...gate.outcomes } }) : { record, effects: [] };
    }
    case 'delivered':
      if (record?.opened === undefined || record.delivered) return { record, effects: [] };
      if (record.waiting?.token !== signal.token) return { record, effects: [] };
      return { record: { ...record, delivered: true }, effects: [] };
    case 'tick':
      return { record, effects: record === undefined || record.delivered ? [] : openEffects(record) };
  }
}

function emptyGate(run: string, gate: string): GateRecord {
  return { run, gate, outcomes: {}, spent: [], delivered: false };
}

function called(gate: GateRecord, { token, turn, needs, wants, rule }: GateCall): GateStep {
  if (gate.spent.includes(token) || isOlder(turn, gate.waiting?.turn)) return { record: gate, effects: [] };
  const before = gate.waiting?.token;
  if (before === token) return { record: gate, effects: gate.delivered ? [] : openEffects(gate) };
  const waiting = {
    token,
    ...present({ turn }),
    needs: [...needs],
    ...(wants === undefined ? {} : { wants: [...wants] }),
    ...(rule === undefined ? {} : { rule: copyRule(rule) }),
  };
  const spent = before === undefined ? gate.spent : [...gate.spent, before].slice(-tokensKept);
  return check({ ...gate, waiting, spent, delivered: false });
}

function copyRule(rule: NonNullable<GateCall['rule']>): NonNullable<NonNullable<GateRecord['waiting']>['rule']> {
  return typeof rule === 'object' ? { atLeast: rule.atLeast } : rule;
}

function check(gate: GateRecord): GateStep {
  if (gate.opened !== undefined) return { record: gate, effects: gate.delivered ? [] : openEffects(gate) };
  if (gate.waiting === undefined) return { record: gate, effects: [] };
  const { needs, wants = [], rule } = gate.waiting;
  const isKnown = (key: string): boolean => Object.hasOwn(gate.outcomes, key);
  const known = needs.filter(isKnown);
  const decided =
    rule === undefined
      ? known.length === needs.length
      : judge(rule, needs.length, Object.values(pick(gate, known)).map(outcomeOf)) !== undefined;
  if (!decided) return { record: gate, effects: [] };
  const opened: GateRecord = { ...gate, opened: [...known, ...wants.filter(isKnown)] };
  return { record: opened, effects: openEffects(opened) };
}

function openEffects(gate: GateRecord): GateEffect[] {
  if (gate.opened === undefined || gate.waiting === undefined) return [];
  return [{ do: 'open', token: gate.waiting.token, outcomes: pick(gate, gate.opened) }];
}

function pick({ outcomes }: GateRecord, keys: readonly string[]): Carried {
  return Object.fromEntries(keys.flatMap((key) => (outcomes[key] === undefined ? [] : [[key, outcomes[key]]])));
}

function outcomeOf(carried: number | Outcome): TaskOutcome {
  return typeof carried === 'number' ? outcomeOfScore(carried) : carried;
}
