import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder } from '../../../shared/dag/topological-order.ts';
import { connect } from '../../../shared/graph/connect.ts';
import { orderOf } from '../../../shared/graph/dag.ts';
import { type Group, isLeftOut, layOutPlan, type Plan } from '../../../shared/graph/plan.ts';
import { structureOf } from '../../../shared/graph/structure.ts';
import { randomDag, randomSeriesParallel } from './random-dag.ts';

type Case = { predecessors: number[][]; early: ReadonlySet<number>; asked: number[][] };

function planOf({ predecessors, early, asked }: Case): Group {
  const ordered = predecessors.map((list, task) => (early.has(task) ? [] : list));
  const order = orderOf({ size: predecessors.length, predecessors: ordered });
  const plan = layOutPlan(structureOf(order), order, early);
  const awaited = new Map([...early].map((task) => [task, predecessors[task] ?? []]));
  expect(connect(plan, order, asked, awaited)).toEqual([]);
  return plan;
}

const plain = (predecessors: number[][]): Case => ({ predecessors, early: new Set(), asked: predecessors });

function nodes(plan: Plan): Plan[] {
  return plan.kind === 'series' || plan.kind === 'parallel' ? [plan, ...plan.parts.flatMap(nodes)] : [plan];
}

const gatesOf = (plan: Plan): number => nodes(plan).filter((node) => node.kind === 'gate').length;

/**
 * Runs a plan as a state machine would, in simulated time.
 *
 * @returns by task: when it started and which outcomes its branch knew then; undefined if it waits for ever
 */
async function play(plan: Plan, size: number, seconds: (task: number) => number, anyOf: ReadonlySet<number>) {
  const starts: ({ at: number; known: Set<number> } | undefined)[] = Array.from({ length: size });
  const sent = new Map<string, PromiseWithResolvers<number>>();
  const signal = (gate: number, task: number) => {
    const key = `${gate} ${task}`;
    const made = sent.get(key) ?? Promise.withResolvers<number>();
    sent.set(key, made);
    return made;
  };
  type Branch = { at: number; known: Set<number>; own: Set<number> };
  const run = async (node: Plan, branch: Branch): Promise<Branch> => {
    const { at, known, own } = branch;
    if (isLeftOut(node)) return branch;
    switch (node.kind) {
      case 'task':
        starts[node.task] = { at, known: new Set(known) };
        return { at: at + seconds(node.task), known: known.add(node.task), own: own.add(node.task) };
      case 'signal':
        for (const gate of node.gates) for (const task of node.tasks) signal(gate, task).resolve(at);
        for (const task of node.tasks) expect(own).toContain(task);
        return branch;
      case 'gate': {
        const opened = await Promise.all([...node.needs].map((task) => signal(node.task, task).promise));
        for (const task of [...node.needs, ...node.wants]) known.add(task);
        for (const task of node.handedOn) own.add(task);
        const when = node.early && anyOf.has(node.task) ? Math.min(...opened) : Math.max(...opened);
        return { at: Math.max(at, when), known, own };
      }
      case 'series': {
        let last = branch;
        for (const part of node.parts) last = await run(part, last);
        return last;
      }
      case 'parallel': {
        const ends = await Promise.all(
          node.parts.map((part) => run(part, { at, known: new Set(known), own: new Set() })),
        );
        for (const task of ends.flatMap((end) => [...end.own])) {
          known.add(task);
          own.add(task);
        }
        return { at: Math.max(...ends.map((end) => end.at)), known, own };
      }
    }
  };
  const done = run(plan, { at: 0, known: new Set(), own: new Set() });
  const ended = await Promise.race([done, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
  return { starts, ended };
}

async function expectExact(given: Case, draws: readonly number[]): Promise<void> {
  const seconds = (task: number): number => draws[task % draws.length] ?? 1;
  const plan = planOf(given);
  const { starts, ended } = await play(plan, given.predecessors.length, seconds, given.early);
  expect(ended).toBeDefined();
  const expected: number[] = [];
  given.predecessors.forEach((list, task) => {
    const ends = list.map((other) => (expected[other] ?? 0) + seconds(other));
    expected[task] = ends.length === 0 ? 0 : given.early.has(task) ? Math.min(...ends) : Math.max(...ends);
    expect(starts[task]?.at).toBe(expected[task]);
    for (const source of given.asked[task] ?? []) expect([...(starts[task]?.known ?? [])]).toContain(source);
  });
}

const draws = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 });

describe('a plan', () => {
  it('starts each task exactly when its last upstream task ends, with the outcomes that it needs', async () => {
    await fc.assert(
      fc.asyncProperty(randomDag(16), draws, async (predecessors, times) => expectExact(plain(predecessors), times)),
      { numRuns: 600 },
    );
  });

  it('brings outcomes from anywhere upstream', async () => {
    await fc.assert(
      fc.asyncProperty(randomDag(14), draws, async (predecessors, times) => {
        const { ancestors } = orderOf({ size: predecessors.length, predecessors });
        const asked = ancestors.map((set) =>
          predecessors.map((_, task) => task).filter((task) => ((set[task >>> 5] ?? 0) >>> (task & 31)) & 1),
        );
        await expectExact({ predecessors, early: new Set(), asked }, times);
      }),
      { numRuns: 400 },
    );
  });

  it('starts a task with an early join rule at the first upstream end, and delays nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(randomDag(14), draws, fc.nat(), async (predecessors, times, seed) => {
        const early = new Set(
          predecessors.flatMap((list, task) => (list.length > 0 && (seed >> (task % 8)) & 1 ? [task] : [])),
        );
        const asked = predecessors.map((list, task) => (early.has(task) ? [] : list));
        await expectExact({ predecessors, early, asked }, times);
      }),
      { numRuns: 400 },
    );
  });

  it('has no gate for a series-parallel graph', () => {
    fc.assert(
      fc.property(randomSeriesParallel(10), (predecessors) => {
        expect(gatesOf(planOf(plain(predecessors)))).toBe(0);
      }),
    );
  });

  it('names every gate once, and every signal has a gate', () => {
    fc.assert(
      fc.property(randomDag(20), (predecessors) => {
        const all = nodes(planOf(plain(predecessors)));
        const gates = all.flatMap((node) => (node.kind === 'gate' ? [node.task] : []));
        expect(new Set(gates).size).toBe(gates.length);
        const places = all.flatMap((node) =>
          node.kind === 'signal' && !isLeftOut(node) ? [`${node.task} ${node.parent?.partOf === undefined}`] : [],
        );
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 300 },
    );
  });

  it('needs no more gates than a minimum path cover of the irreducible parts, on real pipelines', async (context) => {
    const folder = path.resolve('..', 'shared', 'dags');
    if (!existsSync(folder)) return context.skip('the collection of real pipeline graphs is not here');
    let gates = 0;
    let tasks = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const graph: { tasks: { id: string; seconds: number; dependsOn: string[] }[] } = JSON.parse(
        readFileSync(path.join(folder, file), 'utf8'),
      );
      const place = new Map(graph.tasks.map((task, index) => [task.id, index]));
      const listed = graph.tasks.map((task) => task.dependsOn.flatMap((id) => place.get(id) ?? []));
      const { order } = topologicalOrder(listed);
      const number = new Map(order.map((index, at) => [index, at]));
      const predecessors = order.map((index) =>
        (listed[index] ?? []).flatMap((other) => number.get(other) ?? []).sort((a, b) => a - b),
      );
      gates += gatesOf(planOf(plain(predecessors)));
      tasks += predecessors.length;
      await expectExact(
        plain(predecessors),
        order.map((index) => Math.round(graph.tasks[index]?.seconds ?? 1)),
      );
    }
    expect(gates / tasks).toBeLessThan(0.12);
  });
});
