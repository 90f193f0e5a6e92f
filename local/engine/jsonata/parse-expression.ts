import jsonata from 'jsonata';
import { topLevelReference } from './top-level-reference.ts';

export type ParseProblem = { readonly code: string; readonly message: string; readonly position: number };

/**
 * Caches problems: definitions repeat expressions and are deployed repeatedly, and parsing takes most of the time of a
 * check.
 */
const parsed = new Set<string>();
const mostParsed = 10_000;
const longest = 1_000;

/** The code of AWS's own problems, which JSONata does not have. */
export const unsupportedReference = 'UNSUPPORTED_REFERENCE';

/** The problem that JSONata 2.0.6 finds in an expression (the text inside `{% %}`). Undefined if it parses. */
export function expressionProblem(text: string): ParseProblem | undefined {
  if (parsed.has(text)) return undefined;
  const problem = parse(text);
  if (problem === undefined && text.length <= longest) {
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.add(text);
  }
  return problem;
}

function parse(text: string): ParseProblem | undefined {
  try {
    const reference = topLevelReference(jsonata(text).ast());
    if (reference === undefined) return undefined;
    const message = `Reference to '${reference}' at the top level is not supported.`;
    return { code: unsupportedReference, message, position: 0 };
  } catch (thrown) {
    return problemOf(thrown);
  }
}

/** JSONata throws plain objects. A RangeError escapes if an expression is too long or too deep. */
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

/** The expression in `{% … %}`, trimmed. Undefined if the string is not an expression. */
export function expressionIn(text: string): string | undefined {
  return expressionForm.exec(text)?.[1]?.trim();
}
