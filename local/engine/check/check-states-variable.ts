import { expressionIn } from '../jsonata/parse-expression.ts';
import { readsOfStates } from '../jsonata/reads-of-states.ts';
import { field, item, type Place, report } from './diagnostic.ts';
import { type Fields, isFields } from './object-fields.ts';

/** Nested machines. The caller that walks them checks their states. */
const nested = new Set(['ItemProcessor', 'Iterator', 'Branches']);
const working = new Set<unknown>(['Task', 'Map', 'Parallel']);
const atTheEnd = new Set(['Assign', 'Output']);

/**
 * `$states.result` exists for Assign and Output of a Task, a Map and a Parallel, and `$states.errorOutput` for those of
 * a Catch: "accessing them from fields and states where they are not accessible will be caught at creation" (Step
 * Functions guide, variables).
 */
export function checkStatesVariable(state: Fields, place: Place): void {
  if (place.language !== 'JSONata') return;
  for (const [name, value] of Object.entries(state)) {
    const at = field(place, name);
    if (nested.has(name)) continue;
    if (name === 'Catch') checkCatchers(value, at);
    else refuse(value, at, working.has(state.Type) && atTheEnd.has(name) ? ['errorOutput'] : ['result', 'errorOutput']);
  }
}

function checkCatchers(catchers: unknown, place: Place): void {
  if (!Array.isArray(catchers)) return;
  for (const [index, catcher] of catchers.entries()) {
    const values: readonly unknown[] = isFields(catcher) ? [catcher.Assign, catcher.Output] : [];
    for (const value of values) refuse(value, item(place, index), ['result']);
  }
}

/** All strings in the value, at any depth. */
function refuse(value: unknown, place: Place, names: readonly string[]): void {
  const pending: unknown[] = [value];
  const refused = new Set<string>();
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) pending.push(inner);
    const expression = typeof part === 'string' ? expressionIn(part) : undefined;
    if (expression === undefined) continue;
    for (const name of names) if (readsOfStates(expression, name)) refused.add(name);
  }
  for (const name of refused) report(place, `The variable '$states.${name}' is not accessible here`);
}
