import jsonata from 'jsonata';
import { topLevelReference } from './top-level-reference.ts';

export type ParseProblem = { readonly code: string; readonly message: string; readonly position: number };

/** A definition says the same again and again, and is deployed again and again: parsing is most of checking it. */
const parsed = new Set<string>();
const mostParsed = 10_000;
const longest = 1_000;

/** The code of a problem that is AWS's and not JSONata's. */
export const unsupportedReference = 'UNSUPPORTED_REFERENCE';

/** What is wrong with an expression (the text inside `{% %}`) as JSONata 2.0.6 sees it; undefined when it parses. */
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
