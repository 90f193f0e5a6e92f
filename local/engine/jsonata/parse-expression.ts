import jsonata from 'jsonata';

export type ParseProblem = { readonly code: string; readonly message: string; readonly position: number };

/** What is wrong with an expression (the text inside `{% %}`) as JSONata 2.0.6 sees it; undefined when it parses. */
export function expressionProblem(text: string): ParseProblem | undefined {
  try {
    jsonata(text);
    return undefined;
  } catch (thrown) {
    return problemOf(thrown);
  }
}

/** JSONata throws plain objects, and lets a RangeError through when an expression is too long or too deep. */
export function problemOf(thrown: unknown): ParseProblem {
  const field = (name: string): unknown =>
    typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
  const [code, message, position] = [field('code'), field('message'), field('position')];
  return {
    code: typeof code === 'string' ? code : 'D1000',
    message: typeof message === 'string' ? message : String(thrown),
    position: typeof position === 'number' ? position : 0,
  };
}

const expressionForm = /^\{%([\s\S]*)%\}$/;

/** The expression in `{% … %}`, trimmed; undefined when the string is none. */
export function expressionIn(text: string): string | undefined {
  return expressionForm.exec(text)?.[1]?.trim();
}

/**
 * Needs the sandbox: regular expressions and native calls that no callback can interrupt, and names that every
 * object of JavaScript has (`$states.input.constructor` is undefined on AWS).
 */
const native = new Set([
  'pad',
  'toMillis',
  'parseInteger',
  'formatInteger',
  'formatNumber',
  'shuffle',
  'replace',
  'split',
]);
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

export function needsSandbox(ast: unknown): boolean {
  const pending: unknown[] = [ast];
  const seen = new Set<unknown>(); // ancestors of the `%` operator make the tree a graph
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node instanceof RegExp) return true;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const [type, value] = [Reflect.get(node, 'type'), Reflect.get(node, 'value')];
    if (type === 'regex') return true;
    if (type === 'variable' && native.has(value)) return true;
    if (typeof value === 'string' && inherited.has(value)) return true;
    pending.push(...Object.values(node));
  }
  return false;
}
