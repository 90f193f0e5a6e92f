import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { path, variables } from '../../../../shared/asl/states/document.ts';
import { joinCondition } from '../../../../shared/asl/states/join-condition.ts';
import { judge, type TaskOutcome, taskStatuses } from '../../../../shared/model/join-rule.ts';
import type { JoinRule } from '../../../../shared/model/pipeline.ts';
import { failureScore, outcomeOfScore, scoresByStatus } from '../../../../shared/model/score.ts';

const outcome: fc.Arbitrary<TaskOutcome> = fc
  .record({ status: fc.constantFrom(...taskStatuses), tolerated: fc.boolean(), kept: fc.boolean() })
  .map(({ status, tolerated, kept }) => ({
    status,
    ...(tolerated ? { tolerated } : {}),
    ...(kept ? { kept } : {}),
  }));

async function compiledVerdict(rule: JoinRule, names: string[], tasks: Record<string, number>): Promise<string> {
  const condition = joinCondition(
    rule,
    names.map((name) => path(name, 'tasks')),
    names.length,
  );
  if (condition === undefined) return 'run';
  const bindings = { ...variables([]), states: { input: { tasks } } };
  const blocked: unknown = await jsonata(condition.blocked).evaluate({}, bindings);
  expect(typeof blocked).toBe('boolean');
  if (blocked !== true) return 'run';
  return (await jsonata(condition.failed).evaluate({}, bindings)) ? 'upstream_failed' : 'skipped';
}

/** The score as the states write it: by the status, and by whether the failure is tolerated. */
function scoreOf({ status, tolerated }: TaskOutcome): number {
  return scoresByStatus([status], failureScore({ tolerate: tolerated === true }))[status] ?? Number.NaN;
}

const rules: JoinRule[] = ['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed', { atLeast: 2 }];

describe('a join rule in a Choice', () => {
  it.each(rules)('%s gives the result of the join table once it can be decided', async (rule) => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 6 }), fc.nat(6), async (outcomes, missing) => {
        const names = outcomes.map((_, index) => `a-task_${index}`);
        const known = outcomes.slice(0, outcomes.length - Math.min(missing, outcomes.length));
        const verdict = judge(rule, names.length, known);
        const tasks = Object.fromEntries(known.map((one, index) => [`a-task_${index}`, scoreOf(one)]));
        if (verdict !== undefined) expect(await compiledVerdict(rule, names, tasks)).toBe(verdict);
      }),
    );
  });

  it.each(rules)('%s gives the same result for a gate, which has only scores', (rule) => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 6 }), fc.nat(3), (known, missing) => {
        const told = known.map((one) => outcomeOfScore(scoreOf(one)));
        expect(judge(rule, known.length + missing, told)).toBe(judge(rule, known.length + missing, known));
      }),
    );
  });
});
