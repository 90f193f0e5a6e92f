import { isBefore, type Order } from './dag.ts';
import type { GateNode, Group, Plan, SignalNode, TaskNode } from './plan.ts';

/** A task whose outcome no gate can bring, because it is not ordered before its reader. */
export type Unreachable = { readonly task: number; readonly source: number };

/**
 * Connects the gates of a plan with the signals that open them. Every task then has the outcomes that it reads: from a
 * task before it in its branch, or through the nearest gate on its way.
 *
 * @param asked by task: the tasks whose outcomes its join rule and its expressions read
 * @param awaited by early task: the tasks in its join rule
 */
export function connect(
  plan: Group,
  order: Order,
  asked: readonly (readonly number[])[],
  awaited: ReadonlyMap<number, readonly number[]>,
): Unreachable[] {
  const taskNodes: TaskNode[] = [];
  const gates: GateNode[] = [];
  visit(plan, (node) => {
    if (node.kind === 'task') taskNodes[node.task] = node;
    if (node.kind === 'gate') gates.push(node);
  });
  const nodeOf = (task: number): TaskNode => {
    const node = taskNodes[task];
    if (node === undefined) throw new RangeError(`no task ${task} in the plan`);
    return node;
  };
  const bring = (source: number, gate: GateNode): void => {
    gate.needs.add(source);
    const signal = signalBehind(nodeOf(source), gate.partOf);
    signal.tasks.add(source);
    signal.gates.add(gate.task);
  };

  for (const gate of gates) {
    if (!gate.early) continue;
    for (const source of awaited.get(gate.task) ?? []) bring(source, gate);
  }
  // A gate waits for the tasks right before its part, even if nobody reads their outcomes.
  for (const gate of gates) {
    if (gate.early) continue;
    for (const source of order.predecessors[gate.task] ?? []) {
      if (signalPlace(nodeOf(source), gate.partOf) !== undefined) bring(source, gate);
    }
  }

  const unreachable: Unreachable[] = [];
  asked.forEach((sources, task) => {
    const node = nodeOf(task);
    const own = node.parent?.parts.find((step): step is GateNode => step.kind === 'gate' && step.early);
    for (const source of sources) {
      if (own?.needs.has(source)) continue;
      if (isBefore(order, source, task)) provide(node, nodeOf(source), order, bring);
      else if (own === undefined) unreachable.push({ task, source });
      else {
        own.wants.add(source);
        const signal = signalBehind(nodeOf(source), undefined);
        signal.tasks.add(source);
        signal.gates.add(own.task);
      }
    }
  });
  return unreachable;
}

function provide(at: TaskNode, source: TaskNode, order: Order, bring: (source: number, gate: GateNode) => void): void {
  const before = [...stepsBefore(at)];
  for (const step of before) {
    if (holds(step, source)) return;
    if (!canBring(step, source, order)) continue;
    bring(source.task, step);
    return;
  }
  for (const step of before) {
    if (step.kind !== 'parallel') continue;
    const gate = gateInBranches(step, source, order);
    if (gate === undefined) continue;
    gate.handedOn.add(source.task);
    bring(source.task, gate);
    return;
  }
  throw new Error(`no way from task ${source.task} to task ${at.task}: the plan does not keep the order`);
}

/** The nodes passed on the way to a node, nearest first. */
function* stepsBefore(node: Plan): Generator<Plan> {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if (at.parent.kind === 'series') yield* at.parent.parts.slice(0, at.parent.parts.indexOf(at)).reverse();
  }
}

function canBring(step: Plan, source: TaskNode, order: Order): step is GateNode {
  if (step.kind !== 'gate' || step.early) return false;
  return isBefore(order, source.task, step.task) && signalPlace(source, step.partOf) !== undefined;
}

/** A gate in one of the joined branches that can bring the outcome for everything after the join. */
function gateInBranches(step: Plan, source: TaskNode, order: Order): GateNode | undefined {
  if (canBring(step, source, order)) return step;
  if (step.kind !== 'series' && step.kind !== 'parallel') return undefined;
  for (const part of [...step.parts].reverse()) {
    const gate = gateInBranches(part, source, order);
    if (gate !== undefined) return gate;
  }
  return undefined;
}

function holds(step: Plan, node: Plan): boolean {
  for (let at: Plan | undefined = node; at !== undefined; at = at.parent) if (at === step) return true;
  return false;
}

/** The part of an irreducible part that holds the task. */
function signalPlace(node: TaskNode, partOf: number | undefined): Group | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.partOf === partOf) return at;
  return undefined;
}

/** The signal at the end of that part; or, with no part, right behind the task. */
function signalBehind(node: TaskNode, partOf: number | undefined): SignalNode {
  const part = partOf === undefined ? node.parent : signalPlace(node, partOf);
  const place = part?.parts[0] === node.parent ? node.parent : part; // a part of one task needs no signal of its own
  const signal = place?.parts.find((step) => step.kind === 'signal');
  if (signal?.kind !== 'signal') throw new Error(`task ${node.task} has no signal`);
  return signal;
}

function visit(plan: Plan, see: (node: Plan) => void): void {
  see(plan);
  if (plan.kind === 'series' || plan.kind === 'parallel') for (const part of plan.parts) visit(part, see);
}
