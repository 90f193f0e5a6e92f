import type { Condition, Operand, Path } from './path.ts';
import { type Scanner, scanQuoted } from './scanner.ts';

/**
 * Parses the condition in `[?( … )]`, such as `@.price < 10 && !(@.sold)`. `scanPath` parses its paths, and also
 * filters.
 */
export function conditionParser(scanPath: (scanner: Scanner) => Path): (scanner: Scanner) => Condition {
  const parseCondition = (scanner: Scanner): Condition =>
    parseChain(scanner, 'or', '||', (s) => parseChain(s, 'and', '&&', parseTerm));

  function parseTerm(scanner: Scanner): Condition {
    scanner.skipBlanks();
    if (scanner.take('!')) return { kind: 'not', part: scanner.nested(() => parseTerm(scanner)) };
    if (scanner.take('(')) {
      const inner = scanner.nested(() => parseCondition(scanner));
      scanner.expect(')');
      return inner;
    }
    const left = parseOperand(scanner);
    scanner.skipBlanks();
    if (scanner.take('=~')) return parseRegex(scanner, left);
    const operator = scanner.match(operators)?.toLowerCase();
    if (operator !== undefined) return { kind: 'compare', left, operator, right: parseOperand(scanner) };
    return left.kind === 'path' ? { kind: 'exists', path: left.path } : scanner.fail('expected an operator');
  }

  function parseOperand(scanner: Scanner): Operand {
    scanner.skipBlanks();
    const next = scanner.peek();
    if (next === '@' || next === '$') return { kind: 'path', path: scanner.nested(() => scanPath(scanner)) };
    return { kind: 'literal', value: parseLiteral(scanner) };
  }

  return parseCondition;
}

const regexForm = /\/((?:[^/\\]|\\.)+)\/([imsu]*)/y;

function parseRegex(scanner: Scanner, left: Operand): Condition {
  scanner.skipBlanks();
  const text = scanner.match(regexForm) ?? scanner.fail('expected a regular expression');
  const end = text.lastIndexOf('/');
  return { kind: 'matches', left, pattern: text.slice(1, end), flags: text.slice(end + 1) };
}

const operators = /===|!==|==|!=|<=|>=|<|>|(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b/iy;

function parseChain(
  scanner: Scanner,
  kind: 'or' | 'and',
  operator: string,
  parsePart: (scanner: Scanner) => Condition,
): Condition {
  const first = parsePart(scanner);
  const parts = [first];
  for (scanner.skipBlanks(); scanner.take(operator); scanner.skipBlanks()) parts.push(parsePart(scanner));
  return parts.length === 1 ? first : { kind, parts };
}

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function parseLiteral(scanner: Scanner): unknown {
  scanner.skipBlanks();
  if (scanner.peek() === "'" || scanner.peek() === '"') return scanQuoted(scanner);
  const word = scanner.match(/(?:true|false|null)\b/y);
  if (word !== undefined) return word === 'null' ? null : word === 'true';
  if (scanner.take('[')) return parseArray(scanner);
  const digits = scanner.match(number);
  if (digits !== undefined) return Number(digits);
  // `@.status==Failure`: AWS deploys such definitions, and fails the state when it reads the path.
  const bare = scanner.match(/[A-Za-z_][\w-]*/y) ?? scanner.fail('expected a value');
  scanner.unreadable = `Expected boolean, string, number or null literal, but found ${bare}`;
  return undefined;
}

function parseArray(scanner: Scanner): unknown[] {
  const items: unknown[] = [];
  scanner.skipBlanks();
  if (scanner.take(']')) return items;
  do {
    items.push(scanner.nested(() => parseLiteral(scanner)));
    scanner.skipBlanks();
  } while (scanner.take(','));
  scanner.expect(']');
  return items;
}
