import { type GateNode, type Group, isLeftOut, type Plan, type SignalNode } from '../graph/plan.ts';
import type { Keys } from './keys.ts';

/** The steps of one branch of a state machine, in order. */
export type Steps = readonly Step[];

export type Step = LeafStep | ParallelStep | PartStep;

export type LeafStep = { readonly kind: 'task'; readonly task: number } | GateStep | SignalStep;

/** A state machine of its own, started by this one. */
export type PartStep = { readonly kind: 'part'; readonly steps: Steps };

/** `group`: the group of the plan. Absent: the step holds some branches of a group, in a machine of their own. */
export type ParallelStep = { readonly kind: 'parallel'; readonly group?: Group; readonly branches: readonly Steps[] };

/** Holds the keys of the outcomes that the gate needs, wants and hands on. */
export type GateStep = {
  readonly kind: 'gate';
  readonly task: number;
  readonly early: boolean;
  readonly needs: readonly string[];
  readonly wants: readonly string[];
  readonly handedOn: readonly string[];
};

export type SignalStep = {
  readonly kind: 'signal';
  readonly task: number;
  /** Signals the end of all earlier tasks in an irreducible part, not of one task. */
  readonly ofPart: boolean;
  readonly keys: readonly string[];
  readonly gates: readonly number[];
};

export function stepsOf(plan: Plan, keys: Keys): Steps {
  if (isLeftOut(plan)) return [];
  if (plan.kind === 'task') return [{ kind: 'task', task: plan.task }];
  if (plan.kind === 'gate') return [gateStep(plan, keys)];
  if (plan.kind === 'signal') return [signalStep(plan, keys)];
  if (plan.kind === 'series') return plan.parts.flatMap((part) => stepsOf(part, keys));
  return [{ kind: 'parallel', group: plan, branches: plan.parts.map((part) => stepsOf(part, keys)) }];
}

const ascending = (numbers: ReadonlySet<number>): number[] => [...numbers].sort((a, b) => a - b);

function keysIn(tasks: ReadonlySet<number>, { of }: Keys): string[] {
  return [...new Set(ascending(tasks).flatMap((task) => of[task] ?? []))];
}

function gateStep(gate: GateNode, keys: Keys): GateStep {
  const { kind, task, early } = gate;
  const [needs, wants, handedOn] = [keysIn(gate.needs, keys), keysIn(gate.wants, keys), keysIn(gate.handedOn, keys)];
  return { kind, task, early, needs, wants, handedOn };
}

function signalStep(signal: SignalNode, keys: Keys): SignalStep {
  const ofPart = signal.parent?.partOf !== undefined;
  const { kind, task } = signal;
  // Downstream gates first: a task after one gate must not signal a gate that does not know this task yet.
  const gates = ascending(signal.gates).reverse();
  return { kind, task, ofPart, keys: keysIn(signal.tasks, keys), gates };
}

/** Looks up the keys that steps read and leave, once for each step. */
export type StepReader = {
  /** Keys that the steps leave in the document: those of their tasks, and those that their gates hand on. */
  readonly leaves: (steps: Steps) => ReadonlySet<string>;
  /** Keys that the steps read but do not produce. */
  readonly asks: (steps: Steps) => ReadonlySet<string>;
};

/** @param reads by task: the keys that its join rule and its expressions read */
export function stepReader(keys: Keys, reads: readonly (readonly string[])[]): StepReader {
  const left = new Map<Step, ReadonlySet<string>>();
  const asked = new Map<Step, ReadonlySet<string>>();

  const leavesOf = (step: Step): ReadonlySet<string> => {
    if (step.kind === 'signal') return new Set();
    if (step.kind === 'gate') return new Set(step.handedOn);
    if (step.kind === 'task') {
      const key = keys.of[step.task];
      return new Set(key === undefined ? [] : [key]);
    }
    return step.kind === 'part' ? leaves(step.steps) : union(step.branches.map(leaves));
  };
  const asksOf = (step: Step): ReadonlySet<string> => {
    if (step.kind === 'gate') return new Set();
    if (step.kind === 'task') return new Set(reads[step.task]);
    if (step.kind === 'signal') return new Set(step.keys);
    return step.kind === 'part' ? asks(step.steps) : union(step.branches.map(asks));
  };
  const leaves = (steps: Steps): ReadonlySet<string> => union(steps.map((step) => memo(left, step, leavesOf)));
  const asks = (steps: Steps): ReadonlySet<string> => {
    const [only, another] = steps;
    if (only !== undefined && another === undefined) return memo(asked, only, asksOf);
    const known = new Set<string>();
    const open = new Set<string>();
    for (const step of steps) {
      for (const key of memo(asked, step, asksOf)) if (!known.has(key)) open.add(key);
      const brought = step.kind === 'gate' ? [...step.needs, ...step.wants] : memo(left, step, leavesOf);
      for (const key of brought) known.add(key);
    }
    return open;
  };
  return { leaves, asks };
}

function memo<Of, Value>(known: Map<Of, Value>, of: Of, make: (of: Of) => Value): Value {
  const before = known.get(of);
  if (before !== undefined) return before;
  const made = make(of);
  known.set(of, made);
  return made;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [only, another] = sets;
  if (only !== undefined && another === undefined) return only;
  return new Set(sets.flatMap((set) => [...set]));
}
