import { kindOf } from '../tasks/kinds.ts';
import { type Emission, taskOf } from './emission.ts';
import { emitBranch } from './emit.ts';
import { eventsOf } from './limits.ts';
import type { Weight } from './split.ts';
import { textBytes } from './states/measure.ts';
import type { Step } from './steps.ts';

/** The weight of steps within their machine, each measured once. */
export function weigher(emission: Emission, ofTask: (task: number) => number): (step: Step) => Weight {
  const weights = new Map<Step, Weight>();
  const draft = { ...emission, number: () => 1000, onPart: () => {}, onSize: () => {} };
  const weigh = (step: Step): Weight => {
    const known = weights.get(step);
    if (known !== undefined) return known;
    const shell: Step = step.kind === 'parallel' ? { ...step, branches: [] } : step;
    const within = step.kind === 'parallel' ? step.branches : [];
    const [above, wanted] = [emission.reader.asks([step]), emission.reader.leaves([step])];
    const next = 'x'.repeat(80);
    const { States } = emitBranch(draft, [shell], { above, wanted, groups: new Set(), next });
    // A branch adds `{"StartAt":"…","States":{}}`. A Parallel passes down the keys of its branches and adds scores.
    const isShared = (key: string): boolean => emission.keys.sharedIn.has(key);
    const handed = step.kind === 'parallel' || step.kind === 'part' ? bytesOf(above) : 0;
    const added = step.kind === 'parallel' || step.kind === 'part' ? [...wanted].filter(isShared).length * 70 : 0;
    const inside = within.flatMap((branch) => branch.map(weigh));
    const weight = {
      bytes:
        textBytes(States) +
        outputsOf(emission, step) * bytesOf(wanted) +
        150 +
        handed +
        added +
        inside.reduce((sum, one) => sum + one.bytes, within.length * 110),
      events: eventsOf([step], ofTask),
    };
    weights.set(step, weight);
    return weight;
  };
  return weigh;
}

function bytesOf(keys: Iterable<string>): number {
  return [...keys].reduce((sum, key) => sum + key.length + "'',".length, 0);
}

/** How many outputs a step's states write. Each may name every key that no later state reads, once. */
function outputsOf({ graph }: Emission, step: Step): number {
  if (step.kind !== 'task') return 1;
  return kindOf(taskOf(graph, step.task).work.kind).runs.by === 'state' ? 7 : 4;
}
