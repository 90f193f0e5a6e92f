/** Parts of a node that are evaluated with the same input as the node itself. */
const sameInput = ['lhs', 'rhs', 'expression', 'expressions', 'condition', 'then', 'else', 'arguments', 'procedure'];

/**
 * The name that an expression reads from its input, or `$$`. An expression of a state has no input, so AWS rejects both
 * when the definition is created. Names within steps, filters and functions read from something else.
 */
export function topLevelReference(ast: unknown): string | undefined {
  const pending: unknown[] = [ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (Array.isArray(node)) {
      pending.push(...node.toReversed());
      continue;
    }
    if (typeof node !== 'object' || node === null) continue;
    const read = (name: string): unknown => Reflect.get(node, name);
    const [type, value] = [read('type'), read('value')];
    if (type === 'name') return String(value);
    if (type === 'variable' && value === '$') return '$$';
    if (type === 'lambda' || type === 'transform') continue;
    if (type === 'path') {
      const steps: unknown = read('steps');
      if (Array.isArray(steps)) pending.push(steps[0]);
      continue;
    }
    for (const name of sameInput) pending.push(read(name) ?? []);
  }
  return undefined;
}
