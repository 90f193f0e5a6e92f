/** `$variable.name.name`, the form of most expressions. */
export type PlainPath = { readonly variable: string; readonly names: readonly string[] };

export function plainPathOf(ast: unknown): PlainPath | undefined {
  const steps = has(ast, ['type', 'steps']) && ast.type === 'path' && Array.isArray(ast.steps) ? ast.steps : [ast];
  const [first, ...rest] = steps;
  const variable = textOf(first, 'variable');
  if (variable === undefined || variable === '' || variable === '$') return undefined; // The input, which does not exist.
  const names: string[] = [];
  for (const step of rest) {
    const name = textOf(step, 'name');
    if (name === undefined) return undefined;
    names.push(name);
  }
  return { variable, names };
}

function textOf(node: unknown, type: string): string | undefined {
  if (!has(node, ['type', 'value', 'position']) || node.type !== type) return undefined;
  return typeof node.value === 'string' ? node.value : undefined;
}

/** An object with only these fields. Any other field would change the node's meaning. */
function has(node: unknown, allowed: readonly string[]): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && Object.keys(node).every((key) => allowed.includes(key));
}

/** `found` is false if the path crosses an array, over which JSONata maps, or if the variable is not bound. */
export function followPlainPath(
  { variable, names }: PlainPath,
  bindings: Readonly<Record<string, unknown>>,
): { readonly found: true; readonly value: unknown } | { readonly found: false } {
  if (!Object.hasOwn(bindings, variable)) return { found: false };
  let value = bindings[variable];
  for (const name of names) {
    if (typeof value !== 'object' || value === null) return { found: true, value: undefined };
    if (Array.isArray(value)) return { found: false };
    value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return { found: true, value };
}
