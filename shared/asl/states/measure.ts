import type { StateMachine, States } from './state-machine.ts';

/** Bytes of a definition, or of a piece of one, as it is sent to Step Functions. */
export function textBytes(tree: unknown): number {
  return new TextEncoder().encode(JSON.stringify(tree)).length;
}

export function countStates(machine: Pick<StateMachine, 'States'>): number {
  const of = (states: States): number =>
    Object.values(states).reduce(
      (sum, state) =>
        sum + 1 + (state.Type === 'Parallel' ? state.Branches.reduce((inner, { States }) => inner + of(States), 0) : 0),
      0,
    );
  return of(machine.States);
}
