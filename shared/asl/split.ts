import { present } from '../json.ts';
import type { GateStep, ParallelStep, Step, StepReader, Steps } from './steps.ts';

export type Weight = { readonly bytes: number; readonly events: number };

/**
 * Makes steps fit into one state machine. It moves groups of branches, or else stretches of a branch, into machines of
 * their own. It works from the inside out, so that each moved group fits, too.
 *
 * @param weigh weight of a step in its machine; a part weighs only the state that starts it
 * @param most limit of one machine
 * @returns the steps, which exceed the limit only if a single step does
 */
export function split(
  steps: Steps,
  weigh: (step: Step) => Weight,
  most: Weight,
  { asks }: Pick<StepReader, 'asks'>,
): Steps {
  const isOver = (weight: Weight): boolean => weight.bytes > most.bytes || weight.events > most.events;
  const total = (some: Steps): Weight => sum(some.map(weigh));

  let fitted = steps.map((step): Step => {
    if (step.kind !== 'parallel') return step;
    return { ...step, branches: step.branches.map((branch) => split(branch, weigh, most, { asks })) };
  });
  while (isOver(total(fitted))) {
    const heaviest = fitted
      .filter((step) => step.kind === 'parallel' && !step.branches.every(isPart))
      .sort((a, b) => share(weigh(b), most) - share(weigh(a), most))[0];
    if (heaviest?.kind !== 'parallel') return moveStretches(fitted);
    const moved = moveBranches(heaviest);
    fitted = fitted.map((step) => (step === heaviest ? moved : step));
  }
  return fitted;

  function moveBranches({ group: whole, branches }: ParallelStep): Step {
    // Branches that share a part share its Parallel state.
    const around = weigh({ kind: 'parallel', branches: [] });
    const added = (branch: Steps): Weight => less(weigh({ kind: 'parallel', branches: [branch] }), around);
    const groups = fill(branches, added, isOver, around);
    const parts = groups.map((group): Steps => {
      const [only, another] = group;
      if (only === undefined) return [];
      if (another === undefined) return isPart(only) ? only : [{ kind: 'part', steps: only }];
      const all = groups.length === 1 ? present({ group: whole }) : {};
      return [{ kind: 'part', steps: [{ kind: 'parallel', ...all, branches: group }] }];
    });
    const [single, another] = parts;
    if (single?.[0] !== undefined && another === undefined) return single[0];
    return { kind: 'parallel', ...present({ group: whole }), branches: parts };
  }

  function moveStretches(branch: Steps): Step[] {
    const stretches = fill(branch, weigh, isOver, sum([]));
    if (stretches.length === 1) return [...branch];
    return stretches.map((stretch, index): Step => {
      const later = asks(stretches.slice(index + 1).flat());
      return { kind: 'part', steps: stretch.map((step) => (step.kind === 'gate' ? handOn(step, later) : step)) };
    });
  }
}

/** A part ends with its document, so outcomes that its gates brought are lost there. */
function handOn(gate: GateStep, later: ReadonlySet<string>): GateStep {
  const brought = [...gate.needs, ...gate.wants].filter((key) => later.has(key));
  return { ...gate, handedOn: [...new Set([...gate.handedOn, ...brought])] };
}

function isPart(branch: Steps): boolean {
  return branch.length === 1 && branch[0]?.kind === 'part';
}

function share(weight: Weight, of: Weight): number {
  return Math.max(weight.bytes / of.bytes, weight.events / of.events);
}

function sum(weights: readonly Weight[]): Weight {
  return weights.reduce((a, b) => ({ bytes: a.bytes + b.bytes, events: a.events + b.events }), { bytes: 0, events: 0 });
}

function less(whole: Weight, part: Weight): Weight {
  return { bytes: whole.bytes - part.bytes, events: whole.events - part.events };
}

/** Groups of consecutive items, each as large as the limit allows. */
function fill<Item>(
  items: readonly Item[],
  weigh: (item: Item) => Weight,
  isOver: (weight: Weight) => boolean,
  around: Weight,
): Item[][] {
  const groups: Item[][] = [];
  let weight = around;
  for (const item of items) {
    const group = groups.at(-1);
    const together = sum([weight, weigh(item)]);
    if (group === undefined || isOver(together)) {
      groups.push([item]);
      weight = sum([around, weigh(item)]);
    } else {
      group.push(item);
      weight = together;
    }
  }
  return groups;
}
