import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type TaskOutcome } from '../../../../shared/model/join-rule.ts';
import type { JoinRule } from '../../../../shared/model/pipeline.ts';
import { findUpstream } from '../../../../shared/pipeline/checks/upstream.ts';

type Waiting = { readonly name: string; readonly after: readonly string[]; readonly when: JoinRule };

const rule = fc.constantFrom<JoinRule>(
  'all_succeeded',
  'none_failed',
  'all_done',
  'any_succeeded',
  'any_failed',
  { atLeast: 1 },
  { atLeast: 2 },
);

/** Tasks that wait only for earlier ones. */
const dag = fc
  .array(fc.record({ edges: fc.array(fc.nat(20), { maxLength: 3 }), when: rule }), { minLength: 1, maxLength: 8 })
  .map((tasks) =>
    tasks.map(({ edges, when }, index): Waiting => {
      const after = index === 0 ? [] : [...new Set(edges.map((edge) => `t${edge % index}`))];
      const plain = after.length === 0 || (typeof when === 'object' && when.atLeast > after.length);
      return { name: `t${index}`, after, when: plain ? 'all_succeeded' : when };
    }),
  );

function reaches(tasks: readonly Waiting[], task: string, of: string): boolean {
  const after = tasks.find(({ name }) => name === of)?.after ?? [];
  return after.some((one) => one === task || reaches(tasks, task, one));
}

test('upstream means reachable', () => {
  fc.assert(
    fc.property(dag, (tasks) => {
      const upstream = findUpstream(tasks);
      expect(upstream.cycles).toEqual([]);
      for (const { name: a } of tasks) {
        for (const { name: b } of tasks) expect(upstream.isUpstream(a, b)).toBe(reaches(tasks, a, b));
      }
    }),
  );
});

test('a task that must have succeeded has succeeded in every run', () => {
  fc.assert(
    fc.property(
      dag,
      fc.array(fc.constantFrom('succeeded', 'failed', 'skipped'), { minLength: 8, maxLength: 8 }),
      (tasks, ends) => {
        const upstream = findUpstream(tasks);
        const outcomes = new Map<string, TaskOutcome>();
        const ran: string[] = [];
        for (const [at, { name, after, when }] of tasks.entries()) {
          const verdict = judge(
            when,
            after.length,
            after.flatMap((one) => outcomes.get(one) ?? []),
          );
          if (verdict === 'run') ran.push(name);
          const status = verdict === 'run' ? (ends[at] ?? 'succeeded') : (verdict ?? 'skipped');
          outcomes.set(name, { status });
        }
        for (const of of ran) {
          for (const { name } of tasks) {
            if (upstream.mustSucceed(name, of)) expect(outcomes.get(name)?.status).toBe('succeeded');
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('everything upstream through all_succeeded is certain to have succeeded', () => {
  const tasks = ['a', 'b', 'c'].map(
    (name, at): Waiting => ({ name, after: ['a', 'b'].slice(Math.max(0, at - 1), at), when: 'all_succeeded' }),
  );
  expect(findUpstream(tasks).mustSucceed('a', 'c')).toBe(true);
});

test('every cycle is found, and nothing else', () => {
  const waiting = fc.array(fc.array(fc.nat(7), { maxLength: 2 }), { minLength: 8, maxLength: 8 }).map((edges) =>
    edges.map(
      (after, index): Waiting => ({
        name: `t${index}`,
        after: [...new Set(after)].filter((one) => one !== index).map((one) => `t${one}`),
        when: 'all_done',
      }),
    ),
  );
  fc.assert(
    fc.property(waiting, (tasks) => {
      const { cycles } = findUpstream(tasks);
      for (const cycle of cycles) {
        expect(cycle[0]).toBe(cycle.at(-1));
        for (const [at, name] of cycle.slice(1).entries()) {
          expect(tasks.find((task) => task.name === name)?.after).toContain(cycle[at]);
        }
      }
      const without = tasks.filter(({ name }) => !cycles.flat().includes(name));
      for (const { name } of without) expect(acyclic(without, name, [])).toBe(true);
    }),
  );
});

function acyclic(tasks: readonly Waiting[], name: string, path: readonly string[]): boolean {
  if (path.includes(name)) return false;
  const after = tasks.find((task) => task.name === name)?.after ?? [];
  return after.every((one) => acyclic(tasks, one, [...path, name]));
}
