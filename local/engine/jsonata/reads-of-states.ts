import jsonata from 'jsonata';
import { expressionProblem } from './parse-expression.ts';

/** Whether a valid expression reads `$states.NAME`. */
export function readsOfStates(text: string, name: string): boolean {
  if (!text.includes(name) || expressionProblem(text) !== undefined) return false;
  const ast: unknown = jsonata(text).ast();
  const pending: unknown[] = [ast];
  const seen = new Set<unknown>(); // The `%` operator makes the tree a graph.
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const steps: unknown = Reflect.get(node, 'steps');
    if (Array.isArray(steps) && is(steps[0], 'variable', 'states') && is(steps[1], 'name', name)) return true;
    for (const child of Object.values(node)) pending.push(child);
  }
  return false;
}

function is(node: unknown, type: string, value: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return Reflect.get(node, 'type') === type && Reflect.get(node, 'value') === value;
}
