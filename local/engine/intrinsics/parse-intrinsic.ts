import { scanPath } from '../jsonpath/parse-path.ts';
import { Scanner, SyntaxProblem } from '../jsonpath/scanner.ts';
import type { Argument, Call } from './intrinsic.ts';
import { intrinsicFunctions } from './intrinsic-functions.ts';

const cache = new Map<string, Call>();
const maxCached = 10_000;

/** States Language, appendix B: limit for nested calls. */
const maxNesting = 10;

/** A call of an intrinsic function, and not a path. */
export const looksLikeIntrinsic = (text: string): boolean => /^States\./.test(text);

/** `States.Format('{} {}', $.a, States.UUID())`. Throws SyntaxProblem. Parsed once. */
export function parseIntrinsic(text: string): Call {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const scanner = new Scanner(text, true);
  const call = scanCall(scanner, 1);
  if (!scanner.done) scanner.fail('unexpected character');
  if (cache.size >= maxCached) cache.clear();
  cache.set(text, call);
  return call;
}

/** Why a text is not a valid call. Undefined if it is one. */
export function intrinsicProblem(text: string): string | undefined {
  try {
    parseIntrinsic(text);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxProblem) return thrown.message;
    throw thrown;
  }
}

function scanCall(scanner: Scanner, nesting: number): Call {
  const start = scanner.at;
  if (nesting > maxNesting) scanner.fail(`more than ${maxNesting} calls within each other`);
  const name = scanner.match(/States\.\w+/y) ?? scanner.fail('expected a function');
  const known = Object.hasOwn(intrinsicFunctions, name) ? intrinsicFunctions[name] : undefined;
  if (known === undefined) return scanner.fail(`unknown function ${name}`);
  scanner.expect('(');
  const args = scanArguments(scanner, nesting);
  const [least, most] = known.arity;
  if (args.length < least || args.length > most) scanner.fail(`${name} does not take ${args.length} arguments`);
  return { kind: 'call', name, args, text: scanner.text.slice(start, scanner.at) };
}

function scanArguments(scanner: Scanner, nesting: number): Argument[] {
  const args: Argument[] = [];
  scanner.skipBlanks();
  if (scanner.take(')')) return args;
  do {
    scanner.skipBlanks();
    args.push(scanArgument(scanner, nesting));
    scanner.skipBlanks();
  } while (scanner.take(','));
  scanner.expect(')');
  return args;
}

function scanArgument(scanner: Scanner, nesting: number): Argument {
  const next = scanner.peek();
  if (next === "'") return scanString(scanner);
  if (next === '$') return { kind: 'path', path: scanPath(scanner) };
  if (next === 'S') return scanCall(scanner, nesting + 1);
  const word = scanner.match(/(?:true|false|null)\b/y);
  if (word !== undefined) return { kind: 'literal', value: word === 'null' ? null : word === 'true' };
  const digits = scanner.match(/[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
  if (digits === undefined) return scanner.fail('expected a string, a number, a path or a function');
  return { kind: 'literal', value: Number(digits) };
}

/**
 * `\n` and the like are not escapes. Only `\'`, `\{`, `\}` and `\\` are (Step Functions guide, intrinsic functions).
 */
function scanString(scanner: Scanner): Argument {
  const quoted =
    scanner.match(/'(?:[^'\\]|\\[^A-Za-z0-9])*'/y) ?? scanner.fail('a quote is not closed, or not an escape');
  const raw = quoted.slice(1, -1);
  return { kind: 'string', raw, value: raw.replace(/\\([\s\S])/g, '$1') };
}
