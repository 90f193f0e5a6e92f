/** Tests one character. */
export type Test = (character: string) => boolean;

export type RegexNode =
  | { readonly is: 'character'; readonly test: Test }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'sequence' | 'choice'; readonly of: readonly RegexNode[] }
  | { readonly is: 'repeat'; readonly of: RegexNode; readonly min: number; readonly max: number };

/** The expression is invalid, or cannot be matched in linear time. */
export class RegexRefused extends Error {
  override readonly name = 'RegexRefused';
  readonly remedy: string;
  readonly offset: number;

  constructor(offset: number, message: string, remedy: string) {
    super(message);
    this.offset = offset;
    this.remedy = remedy;
  }
}

const digit: Test = (c) => c >= '0' && c <= '9';
const word: Test = (c) => /^\w$/.test(c);
const space: Test = (c) => /^\s$/.test(c);
const classes: Readonly<Record<string, Test>> = {
  d: digit,
  D: (c) => !digit(c),
  w: word,
  W: (c) => !word(c),
  s: space,
  S: (c) => !space(c),
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };
const linear = 'only what can be matched in linear time is: write it without';

/** @throws {RegexRefused} */
export function parseRegex(text: string): RegexNode {
  const pattern = [...text];
  let at = 0;
  const refuse = (offset: number, message: string, remedy: string): never => {
    throw new RegexRefused(pattern.slice(0, offset).join('').length, message, remedy);
  };

  function choice(): RegexNode {
    const options = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      options.push(sequence());
    }
    return { is: 'choice', of: options };
  }

  function sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') items.push(repeated());
    return { is: 'sequence', of: items };
  }

  function repeated(): RegexNode {
    const from = at;
    const node = atom();
    const bounds = quantifier();
    if (bounds === undefined) return node;
    if (node.is === 'start' || node.is === 'end') return refuse(from, 'nothing is there to repeat', 'remove it');
    // lazy or greedy matching finds the same texts
    if (pattern[at] === '?') at += 1;
    const [min, max] = bounds;
    if (max < min) return refuse(from, `{${min},${max}} counts downwards`, 'put the smaller number first');
    if (quantifier() !== undefined) return refuse(at - 1, 'a repetition is repeated', 'put it into brackets: (…)*');
    return { is: 'repeat', of: node, min, max };
  }

  function quantifier(): [number, number] | undefined {
    const plain = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] } as const;
    const character = pattern[at];
    if (character === '*' || character === '+' || character === '?') {
      at += 1;
      return [...plain[character]];
    }
    const counted = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(pattern.slice(at, at + 12).join(''));
    if (counted === null) return undefined;
    at += counted[0].length;
    const min = Number(counted[1]);
    return [min, counted[2] === undefined ? min : counted[3] === undefined ? Infinity : Number(counted[3])];
  }

  function atom(): RegexNode {
    const from = at;
    const character = pattern[at++] ?? '';
    if (character === '^') return { is: 'start' };
    if (character === '$') return { is: 'end' };
    if (character === '.') return { is: 'character', test: (c) => c !== '\n' && c !== '\r' };
    if (character === '[') return { is: 'character', test: set(from) };
    if (character === '\\') return { is: 'character', test: escaped(from) };
    if (character === '(') return group(from);
    if ('*+?'.includes(character)) return refuse(from, `\`${character}\` repeats nothing`, `write \\${character}`);
    return { is: 'character', test: (c) => c === character };
  }

  function group(from: number): RegexNode {
    if (pattern[at] === '?') {
      if (pattern[at + 1] !== ':') {
        return refuse(from, 'what stands beside cannot be looked at, and groups have no names', `${linear} (?…)`);
      }
      at += 2;
    }
    const inner = choice();
    if (pattern[at] !== ')') return refuse(from, 'the bracket is not closed', 'add ) or write \\(');
    at += 1;
    return inner;
  }

  function escaped(from: number): Test {
    const character = pattern[at++];
    if (character === undefined) return refuse(from, 'a \\ stands at the end', 'write \\\\');
    const known = Object.hasOwn(classes, character) ? classes[character] : undefined;
    if (known !== undefined) return known;
    if (/[0-9kbB]/.test(character)) return refuse(from, `\`\\${character}\` is not there`, `${linear} it`);
    const literal = controls[character] ?? character;
    if (literal === character && /[A-Za-z]/.test(character)) {
      return refuse(from, `\`\\${character}\` is not there`, 'write the character itself');
    }
    return (c) => c === literal;
  }

  function set(from: number): Test {
    const negated = pattern[at] === '^';
    if (negated) at += 1;
    const tests: Test[] = [];
    while (at < pattern.length && pattern[at] !== ']') tests.push(member());
    if (pattern[at] !== ']') return refuse(from, 'the [ is not closed', 'add ] or write \\[');
    at += 1;
    return (c) => tests.some((test) => test(c)) !== negated;
  }

  function member(): Test {
    const from = at;
    const first = pattern[at++] ?? '';
    const test: Test = first === '\\' ? escaped(from) : (c) => c === first;
    if (first === '\\' || pattern[at] !== '-' || pattern[at + 1] === ']' || pattern[at + 1] === undefined) return test;
    const last = pattern[at + 1] ?? '';
    if (last === '\\') return refuse(from, 'a range ends with a \\', 'write its last character itself');
    if (codeOf(last) < codeOf(first)) return refuse(from, `${first}-${last} counts downwards`, 'turn it round');
    at += 2;
    return (c) => codeOf(c) >= codeOf(first) && codeOf(c) <= codeOf(last);
  }

  const node = choice();
  if (at < pattern.length) refuse(at, 'the bracket was never opened', 'write \\)');
  return node;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
