import { topologicalOrder } from '../dag/topological-order.ts';
import { isEarly } from '../model/join-rule.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import { outputsRead } from '../pipeline/expressions/expressions-of.ts';
import { connect, type Unreachable } from './connect.ts';
import { type Dag, orderOf } from './dag.ts';
import { type Group, layOutPlan } from './plan.ts';
import { structureOf } from './structure.ts';

/** A pipeline's tasks by number, and the plan by which they run. */
export type TaskGraph = {
  readonly tasks: readonly Task[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly plan: Group;
  /** By task: the tasks whose outcomes its join rule and its expressions read. */
  readonly asked: readonly (readonly number[])[];
  /** By task: the tasks whose output its expressions read. */
  readonly outputs: readonly (readonly number[])[];
  /** Outputs whose task is not ordered before the reader, because the reader has an early join rule. */
  readonly unreachable: readonly Unreachable[];
};

/** @throws {RangeError} when the tasks have a cycle, which the parser rejects */
export function taskGraph(pipeline: Pipeline): TaskGraph {
  const place = new Map(pipeline.tasks.map((task, index) => [task.name, index]));
  const after = pipeline.tasks.map((task) => task.after.flatMap((name) => place.get(name) ?? []));
  const { order: numbers, cycles } = topologicalOrder(after);
  if (cycles.length > 0) throw new RangeError('the tasks have a cycle');
  const tasks = numbers.flatMap((index) => pipeline.tasks[index] ?? []);
  const numberOf = new Map(tasks.map((task, number) => [task.name, number]));
  const number = (names: Iterable<string>): number[] =>
    [...new Set(names)].flatMap((name) => numberOf.get(name) ?? []).sort((a, b) => a - b);

  // Early join rules impose no order: with their edges, the plan would wait for all of them.
  const dag: Dag = {
    size: tasks.length,
    predecessors: tasks.map((task) => (isEarly(task.when) ? [] : number(task.after))),
  };
  const early = new Map(
    tasks.flatMap((task, index) => (isEarly(task.when) ? [[index, number(task.after)] as const] : [])),
  );
  const read = outputsRead(pipeline);
  const outputs = tasks.map((task) => number(read.get(task.name) ?? []));
  const asked = tasks.map((task, index) => {
    const judged = task.when === 'all_done' ? [] : number(task.after);
    return [...new Set([...judged, ...(outputs[index] ?? [])])];
  });

  const order = orderOf(dag);
  const plan = layOutPlan(structureOf(order), order, new Set(early.keys()));
  const unreachable = connect(plan, order, asked, early);
  return { tasks, numberOf, plan, asked, outputs, unreachable };
}
