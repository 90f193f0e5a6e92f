/**
 * Functions that run long or produce much in one native call, where nothing can stop them: those with patterns or
 * pictures, those that compare everything with everything, and those with a result far longer than their input.
 */
const native: ReadonlySet<unknown> = new Set([
  ...['pad', 'join', 'replace', 'split', 'match', 'toMillis', 'parseInteger', 'formatInteger', 'formatNumber'],
  ...['distinct', 'sort', 'zip', 'fromMillis', 'range'],
]);

/** `$states.input.constructor` is undefined on AWS. */
const inherited: ReadonlySet<unknown> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * JSONata evaluates the items of `[a, b]` and `{k: v}` concurrently, so this many calls run before the first can be
 * stopped.
 */
const maxCalls = 200;
const maxLength = 200_000;

/**
 * Whether an expression can run in process and be stopped in time. False for regular expressions, ranges, grouping, the
 * functions above, and names that every JavaScript object has.
 */
export function isInterruptible(text: string, ast: unknown): boolean {
  if (text.length > maxLength) return false;
  const pending: unknown[] = [ast];
  const seen = new Set<unknown>(); // The `%` operator makes the tree a graph.
  let calls = 0;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const [type, value] = [Reflect.get(node, 'type'), Reflect.get(node, 'value')];
    if (type === 'regex' || node instanceof RegExp || Object.hasOwn(node, 'group')) return false;
    if (type === 'binary' && value === '..') return false;
    if (type === 'function' && joinsBriefly(node)) {
      calls += 1;
      pending.push(Reflect.get(node, 'arguments'));
      continue;
    }
    if (type === 'variable' && native.has(value)) return false;
    if (inherited.has(value)) return false;
    if (type === 'function') calls += 1;
    for (const child of Object.values(node)) pending.push(child);
  }
  return calls <= maxCalls;
}

/** `$join(strings, ', ')`: with a short separator, the result is hardly longer than the input. */
function joinsBriefly(call: object): boolean {
  const [procedure, given]: unknown[] = [Reflect.get(call, 'procedure'), Reflect.get(call, 'arguments')];
  if (typeof procedure !== 'object' || procedure === null || Reflect.get(procedure, 'value') !== 'join') return false;
  if (!Array.isArray(given)) return false;
  const [, separator]: unknown[] = given;
  if (given.length !== 2 || typeof separator !== 'object' || separator === null) return given.length === 1;
  const text: unknown = Reflect.get(separator, 'value');
  return Reflect.get(separator, 'type') === 'string' && typeof text === 'string' && text.length <= 10;
}
