import { type GateNode, isLeftOut, type Plan, type SignalNode } from '../graph/plan.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/** What one branch of a state machine does, in order. */
export type Steps = readonly Step[];

export type Step =
  | { readonly kind: 'task'; readonly task: number }
  | GateStep
  | SignalStep
  | { readonly kind: 'parallel'; readonly branches: readonly Steps[] }
  /** A state machine of its own, started by this one. */
  | { readonly kind: 'part'; readonly steps: Steps };

export type GateStep = {
  readonly kind: 'gate';
  readonly task: number;
  readonly early: boolean;
  readonly needs: readonly number[];
  readonly wants: readonly number[];
  readonly handedOn: readonly number[];
};

export type SignalStep = {
  readonly kind: 'signal';
  readonly task: number;
  /** Of all tasks before it in an irreducible part, not of one task. */
  readonly ofPart: boolean;
  readonly tasks: readonly number[];
  readonly gates: readonly number[];
};

export function stepsOf(plan: Plan): Steps {
  if (isLeftOut(plan)) return [];
  if (plan.kind === 'task') return [{ kind: 'task', task: plan.task }];
  if (plan.kind === 'gate') return [gateStep(plan)];
  if (plan.kind === 'signal') return [signalStep(plan)];
  if (plan.kind === 'series') return plan.parts.flatMap(stepsOf);
  return [{ kind: 'parallel', branches: plan.parts.map(stepsOf) }];
}

const ascending = (numbers: ReadonlySet<number>): number[] => [...numbers].sort((a, b) => a - b);

function gateStep(gate: GateNode): GateStep {
  const { kind, task, early } = gate;
  const [needs, wants, handedOn] = [ascending(gate.needs), ascending(gate.wants), ascending(gate.handedOn)];
  return { kind, task, early, needs, wants, handedOn };
}

function signalStep(signal: SignalNode): SignalStep {
  const ofPart = signal.parent?.partOf !== undefined;
  const { kind, task } = signal;
  // Downstream gates first: a task behind one gate must not signal its end to a gate that has not heard of this one.
  const gates = ascending(signal.gates).reverse();
  return { kind, task, ofPart, tasks: ascending(signal.tasks), gates };
}

/** The tasks whose outcomes the steps leave in the document: their own, and those that their gates hand on. */
export function leavesBehind(steps: Steps): number[] {
  return steps.flatMap((step) => {
    if (step.kind === 'task') return [step.task];
    if (step.kind === 'gate') return step.handedOn;
    if (step.kind === 'parallel') return step.branches.flatMap(leavesBehind);
    return step.kind === 'part' ? leavesBehind(step.steps) : [];
  });
}

/** The tasks whose outcomes the steps read but do not produce. */
export function asksFor(steps: Steps, graph: Pick<TaskGraph, 'asked'>): Set<number> {
  const known = new Set<number>();
  const asked = new Set<number>();
  const ask = (tasks: Iterable<number>): void => {
    for (const task of tasks) if (!known.has(task)) asked.add(task);
  };
  for (const step of steps) {
    if (step.kind === 'task') ask(graph.asked[step.task] ?? []);
    if (step.kind === 'signal') ask(step.tasks);
    if (step.kind === 'parallel') for (const branch of step.branches) ask(asksFor(branch, graph));
    if (step.kind === 'part') ask(asksFor(step.steps, graph));
    const brought = step.kind === 'gate' ? [...step.needs, ...step.wants] : leavesBehind([step]);
    for (const task of brought) known.add(task);
  }
  return asked;
}
