import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, taskStatuses } from '../../../../shared/model/join-rule.ts';
import type { JoinRule } from '../../../../shared/model/pipeline.ts';
import type { Outcome } from '../../../../shared/protocol/outcome.ts';
import { advanceGate, type GateEffect, type GateSignal } from '../../../../shared/runs/gate/advance-gate.ts';
import { type GateRecord, gateRecord } from '../../../../shared/runs/gate/gate-record.ts';

const needs = ['a', 'b', 'c'];
const rule = fc.option(
  fc.oneof(
    fc.constantFrom<JoinRule>('any_succeeded', 'any_failed'),
    fc.integer({ min: 1, max: 3 }).map((atLeast) => ({ atLeast })),
  ),
  { nil: undefined },
);
const outcomes = fc.tuple(...needs.map(() => fc.constantFrom(...taskStatuses).map((status): Outcome => ({ status }))));

test('the gate opens once, as soon as it is decided, in any order of state and outcomes', () => {
  fc.assert(
    fc.property(
      rule,
      outcomes,
      fc.shuffledSubarray([...needs, 'call', 'other'], { minLength: 5 }),
      fc.boolean(),
      (when, ended, order, twice) => {
        let record: GateRecord | undefined;
        const opened: GateEffect[] = [];
        const known: Outcome[] = [];
        let called = false;
        for (const what of order) {
          const at = needs.indexOf(what);
          const outcome = ended[at] ?? { status: 'succeeded' };
          const signal: GateSignal =
            what === 'call'
              ? {
                  is: 'call',
                  call: {
                    call: 'gate',
                    token: 't',
                    run: 'r',
                    gate: 'g',
                    needs,
                    ...(when === undefined ? {} : { rule: when }),
                  },
                }
              : { is: 'outcomes', run: 'r', gate: 'g', outcomes: { [what]: outcome } };
          if (what === 'call') called = true;
          if (at >= 0) known.push(outcome);
          for (let time = 0; time < (twice ? 2 : 1); time++) {
            const step = advanceGate(record, signal);
            record = step.record;
            for (const effect of step.effects) {
              opened.push(effect);
              record = advanceGate(record, { is: 'delivered', token: effect.token }).record;
            }
          }
          if (record !== undefined) expect(gateRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
          const decided = when === undefined ? known.length === 3 : judge(when, 3, known) !== undefined;
          expect(opened).toHaveLength(called && decided ? 1 : 0);
        }
        expect(Object.keys(opened[0]?.outcomes ?? {})).not.toContain('other');
      },
    ),
  );
});

test('a late copy of an earlier call does not replace a newer one', () => {
  const call = (token: string, retry: number): GateSignal => ({
    is: 'call',
    call: { call: 'gate', token, turn: `2026-11-20T04:00:00Z##${retry}`, run: 'r', gate: 'g', needs },
  });
  const newer = advanceGate(undefined, call('t2', 1)).record;
  expect(advanceGate(newer, call('t1', 0))).toEqual({ record: newer, effects: [] });
  expect(advanceGate(newer, call('t3', 2)).record?.waiting?.token).toBe('t3');
});
