import { field, item, type Place, report } from './diagnostic.ts';
import { type Fields, isFields } from './object-fields.ts';

type Transition = { readonly target: unknown; readonly place: Place };

const missing = 'MISSING_TRANSITION_TARGET';

/** Every `Next`, `Default` and `StartAt` must name a state of the same machine, and every state must be reachable. */
export function checkTransitions(machine: Fields, states: Fields, place: Place): void {
  const start: Transition = { target: machine.StartAt, place: field(place, 'StartAt') };
  const from = new Map<string, readonly Transition[]>();
  for (const [name, state] of Object.entries(states)) {
    from.set(name, isFields(state) ? transitions(state, field(field(place, 'States'), name)) : []);
  }
  const ends = hasEnd(states);
  for (const transition of [start, ...[...from.values()].flat()]) {
    const { target } = transition;
    if (typeof target === 'string' && !Object.hasOwn(states, target)) {
      // AWS says `Next` of `StartAt` and `Default`, too.
      report(transition.place, `Missing 'Next' target: ${target}`, missing);
    }
  }
  if (!ends) place.report({ severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' });
  // AWS checks reachability only if the machine has an end.
  if (!ends || typeof machine.StartAt !== 'string' || !Object.hasOwn(states, machine.StartAt)) return;
  const reached = reachable(machine.StartAt, from);
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) report(field(field(place, 'States'), name), `State "${name}" is not reachable.`, missing);
  }
}

/** Its own check reports a state without Next and End. */
function hasEnd(states: Fields): boolean {
  const all = Object.values(states);
  return (
    all.length === 0 ||
    all.some((state) => {
      if (!isFields(state) || state.Type === 'Succeed' || state.Type === 'Fail' || state.End === true) return true;
      return state.Type !== 'Choice' && state.Next === undefined;
    })
  );
}

function transitions(state: Fields, place: Place): readonly Transition[] {
  const found: Transition[] = [];
  const add = (owner: Fields, name: string, at: Place) => {
    if (owner[name] !== undefined) found.push({ target: owner[name], place: field(at, name) });
  };
  if (state.Type !== 'Choice') add(state, 'Next', place);
  else add(state, 'Default', place);
  for (const name of ['Choices', 'Catch']) {
    const list = state[name];
    if (!Array.isArray(list)) continue;
    for (const [index, each] of list.entries()) if (isFields(each)) add(each, 'Next', item(field(place, name), index));
  }
  return found;
}

function reachable(start: string, from: ReadonlyMap<string, readonly Transition[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [start];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { target } of from.get(name) ?? []) if (typeof target === 'string') pending.push(target);
  }
  return reached;
}
