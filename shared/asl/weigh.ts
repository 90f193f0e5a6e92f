import { type Emission, emitBranch } from './emit.ts';
import { eventsOf } from './limits.ts';
import { textBytes } from './measure.ts';
import type { Weight } from './split.ts';
import { asksFor, type Step } from './steps.ts';

/** The weight of steps within their machine, each measured once. */
export function weigher(emission: Emission, attempts: (task: number) => number): (step: Step) => Weight {
  const weights = new Map<Step, Weight>();
  const draft = { ...emission, number: () => 1000 };
  const weigh = (step: Step): Weight => {
    const known = weights.get(step);
    if (known !== undefined) return known;
    const shell: Step = step.kind === 'parallel' ? { kind: 'parallel', branches: [] } : step;
    const within = step.kind === 'parallel' ? step.branches : [];
    const asked = asksFor([step], emission.graph);
    const { States } = emitBranch(draft, [shell], asked, 'x'.repeat(80));
    // A branch has `{"StartAt":"…","States":{}}`; a Parallel hands down the names that its branches ask for.
    const handed = step.kind === 'parallel' || step.kind === 'part' ? asked.size * 70 : 0;
    const inside = within.flatMap((branch) => branch.map(weigh));
    const weight = {
      bytes: textBytes(States) + handed + inside.reduce((sum, one) => sum + one.bytes, within.length * 110),
      events: eventsOf([step], attempts),
    };
    weights.set(step, weight);
    return weight;
  };
  return weigh;
}
