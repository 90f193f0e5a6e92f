import { conditionParser } from './parse-condition.ts';
import type { Path, Root, Segment } from './path.ts';
import { pathFunctions } from './path-functions.ts';
import { Scanner, SyntaxProblem, scanQuoted } from './scanner.ts';

const cache = new Map<string, Path>();
const maxCached = 10_000;

/** A JSONPath of the States Language. Throws SyntaxProblem. Parsed once. */
export function parsePath(text: string): Path {
  const known = cache.get(text);
  if (known !== undefined) return known;
  // Jayway allows blanks around a path, and nothing else after them.
  const scanner = new Scanner(text.trim(), false);
  const path = scanPath(scanner);
  if (!scanner.done) scanner.fail('unexpected character');
  if (cache.size >= maxCached) cache.clear();
  cache.set(text, path);
  return path;
}

/** Why a text is not a valid path. Undefined if it is one. */
export function pathProblem(text: string): string | undefined {
  try {
    parsePath(text);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxProblem) return thrown.message;
    throw thrown;
  }
}

/** Parses a path as far as it goes. Within filters and intrinsic functions, other text follows. */
export function scanPath(scanner: Scanner): Path {
  const start = scanner.at;
  const root = scanRoot(scanner);
  const segments: Segment[] = [];
  while (scanner.peek() === '.' || scanner.peek() === '[') segments.push(scanSegment(scanner));
  // Jayway ends a path at text after an index without a dot: `$.a[0]b` is `$.a[0]`. Published definitions rely on it.
  if (!scanner.within && segments.at(-1)?.kind === 'indices') scanner.match(/[^\s.[\]()]+.*/suy);
  const { unreadable } = scanner;
  return {
    text: scanner.text.slice(start, scanner.at),
    root,
    segments,
    ...(unreadable !== undefined && { unreadable }),
  };
}

const parseCondition = conditionParser(scanPath);

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;

function scanRoot(scanner: Scanner): Root {
  if (scanner.take('@')) return { kind: 'element' };
  if (!scanner.take('$')) scanner.fail("a path starts with '$'");
  if (scanner.take('$')) return { kind: 'context' };
  const name = scanner.match(variableName);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
}

/** In filters and function arguments, more characters end a name than in a path by itself. */
const nameAlone = /[^.[\]()\s*]+/y;
const nameWithin = /[^.[\]()\s*,'"=<>!&|~]+/y;

function scanSegment(scanner: Scanner): Segment {
  if (scanner.peek() === '[') return scanBracket(scanner);
  scanner.expect('.');
  if (scanner.take('.')) {
    const of = scanner.peek() === '[' ? scanBracket(scanner) : scanName(scanner);
    if (of.kind === 'function') scanner.fail('no function may follow ..');
    return { kind: 'descendants', of };
  }
  return scanner.peek() === '[' ? scanBracket(scanner) : scanName(scanner);
}

function scanName(scanner: Scanner): Segment {
  if (scanner.take('*')) return { kind: 'wildcard' };
  const name = scanner.match(scanner.within ? nameWithin : nameAlone) ?? scanner.fail('expected a name');
  if (scanner.take('()')) return { kind: 'function', name: knownFunction(name, scanner) };
  return { kind: 'properties', names: [name] };
}

function knownFunction(name: string, scanner: Scanner): string {
  return Object.hasOwn(pathFunctions, name) ? name : scanner.fail(`unknown function ${name}()`);
}

function scanBracket(scanner: Scanner): Segment {
  scanner.expect('[');
  scanner.skipBlanks();
  const segment = scanSelector(scanner);
  scanner.skipBlanks();
  scanner.expect(']');
  return segment;
}

function scanSelector(scanner: Scanner): Segment {
  if (scanner.take('*')) return { kind: 'wildcard' };
  if (scanner.take('?')) {
    scanner.skipBlanks();
    scanner.expect('(');
    const condition = scanner.nested(() => parseCondition(scanner));
    scanner.expect(')');
    return { kind: 'filter', condition };
  }
  if (scanner.peek() === "'" || scanner.peek() === '"')
    return { kind: 'properties', names: scanList(scanner, scanQuoted) };
  return scanNumbers(scanner);
}

function scanNumbers(scanner: Scanner): Segment {
  const from = scanInteger(scanner);
  scanner.skipBlanks();
  if (scanner.take(':')) {
    scanner.skipBlanks();
    const to = scanInteger(scanner);
    if (from === undefined && to === undefined) scanner.fail('expected a number');
    return { kind: 'slice', from, to };
  }
  if (from === undefined) return scanner.fail('expected a quoted name, a number, * or ?');
  const rest = scanner.take(',') ? scanList(scanner, (s) => scanInteger(s) ?? s.fail('expected a number')) : [];
  return { kind: 'indices', indices: [from, ...rest] };
}

function scanList<T>(scanner: Scanner, scanItem: (scanner: Scanner) => T): T[] {
  const items: T[] = [];
  do {
    scanner.skipBlanks();
    items.push(scanItem(scanner));
    scanner.skipBlanks();
  } while (scanner.take(','));
  return items;
}

function scanInteger(scanner: Scanner): number | undefined {
  const digits = scanner.match(/-?\d+/y);
  return digits === undefined ? undefined : Number(digits);
}
