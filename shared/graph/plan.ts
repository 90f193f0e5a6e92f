import type { Order } from './dag.ts';
import { type Forest, layOut } from './lay-out.ts';
import type { Structure } from './structure.ts';

/**
 * What a state machine does, in order: tasks in series and side by side, and gates and signals for the edges that
 * cross branches. Gates and signals are filled in by `connect`.
 */
export type Plan = TaskNode | Group | GateNode | SignalNode;

export type TaskNode = { readonly kind: 'task'; readonly task: number; parent?: Group };

export type Group = {
  readonly kind: 'series' | 'parallel';
  readonly parts: Plan[];
  /** Number of the irreducible part of which this is one part. */
  readonly partOf?: number;
  parent?: Group;
};

/** Waits until the tasks it needs have ended, and brings their outcomes. */
export type GateNode = {
  readonly kind: 'gate';
  /** The first task behind it: it names the gate. */
  readonly task: number;
  readonly partOf?: number;
  /** The task's own early join rule opens it; without one, the end of all needed tasks does. */
  readonly early: boolean;
  readonly needs: Set<number>;
  /** Outcomes to bring if they are known by then. */
  readonly wants: Set<number>;
  /** Those of them that are read after this branch has been joined with others. */
  readonly handedOn: Set<number>;
  parent?: Group;
};

/** Records outcomes and opens the gates that need them. A signal without gates is left out. */
export type SignalNode = {
  readonly kind: 'signal';
  /** The last task before it: it names the signal. */
  readonly task: number;
  readonly tasks: Set<number>;
  readonly gates: Set<number>;
  parent?: Group;
};

export function isLeftOut(plan: Plan): boolean {
  return plan.kind === 'signal' && plan.gates.size === 0;
}

/**
 * Lays a structure out as a plan.
 *
 * @param early tasks whose join rule may be decided before all their upstream tasks have ended
 */
export function layOutPlan(structure: Structure, order: Order, early: ReadonlySet<number>): Group {
  let irreducibleParts = 0;

  const plan = (node: Structure): Plan => {
    if (node.kind === 'task') return taskPlan(node.task, early.has(node.task));
    if (node.kind !== 'irreducible') return group(node.kind, node.parts.map(plan));
    irreducibleParts += 1;
    return irreducible(node.parts, layOut(node.predecessors), irreducibleParts);
  };

  const irreducible = (parts: readonly Structure[], forest: Forest, partOf: number): Plan => {
    const branch = (part: number): Group => {
      const steps: Plan[] = [];
      const structure = parts[part];
      if (structure === undefined) throw new RangeError(`no part ${part}`);
      const { first, last } = ends(structure);
      const joins = forest.joins[part] ?? [];
      if (joins.length > 0) steps.push(group('parallel', joins.map(branch)));
      if (forest.gated.has(part)) steps.push(gate(first, false, partOf));
      steps.push(group('series', [plan(structure), signal(last)], partOf));
      const [follower, another] = forest.followers[part] ?? [];
      if (another !== undefined) steps.push(group('parallel', (forest.followers[part] ?? []).map(branch)));
      else if (follower !== undefined) steps.push(...branch(follower).parts);
      return group('series', steps);
    };
    return group('parallel', forest.roots.map(branch));
  };

  const whole = plan(structure);
  if (order.size === 0) return group('series', []);
  return group('series', [whole]);
}

function taskPlan(task: number, early: boolean): Plan {
  const steps: Plan[] = [{ kind: 'task', task }, signal(task)];
  return group('series', early ? [gate(task, true), ...steps] : steps);
}

function group(kind: Group['kind'], parts: Plan[], partOf?: number): Group {
  const made: Group = partOf === undefined ? { kind, parts } : { kind, parts, partOf };
  for (const part of parts) part.parent = made;
  return made;
}

function gate(task: number, early: boolean, partOf?: number): GateNode {
  const base = { kind: 'gate', task, early, needs: new Set<number>() } as const;
  const made = { ...base, wants: new Set<number>(), handedOn: new Set<number>() };
  return partOf === undefined ? made : { ...made, partOf };
}

function signal(task: number): SignalNode {
  return { kind: 'signal', task, tasks: new Set(), gates: new Set() };
}

function ends(structure: Structure): { first: number; last: number } {
  if (structure.kind === 'task') return { first: structure.task, last: structure.task };
  const all = structure.parts.map(ends);
  return { first: Math.min(...all.map((end) => end.first)), last: Math.max(...all.map((end) => end.last)) };
}
