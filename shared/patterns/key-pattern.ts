export type KeyPattern = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The parameters that it binds, in order. */
  readonly params: readonly string[];
};

type Token =
  | { readonly type: 'text'; readonly text: string }
  /** `?`: one character of a segment. */
  | { readonly type: 'one' }
  /** `*`: any characters of a segment, or none. */
  | { readonly type: 'some' }
  /** `**`: any characters. `**` and `/` at the beginning of a segment: any whole segments, or none. */
  | { readonly type: 'all' | 'segments' }
  /** `{name}`: at least one character of a segment. */
  | { readonly type: 'param'; readonly name: string };

export type KeyPatternReading =
  | { readonly pattern: KeyPattern; readonly problem?: undefined }
  | {
      readonly pattern?: undefined;
      /** `offset` within the pattern's text. */
      readonly problem: { readonly message: string; readonly remedy: string; readonly offset: number };
    };

/**
 * Reads a pattern such as `orders/{day}/*.csv`. There is no escape: `*`, `?`, `{` and `}` always have their meaning.
 */
export function readKeyPattern(text: string): KeyPatternReading {
  const wrong = (offset: number, message: string, remedy: string) => ({ problem: { message, remedy, offset } });
  if (text === '') return wrong(0, 'the key pattern is empty', 'for any object write **');
  if (text.startsWith('/')) return wrong(0, 'a key of S3 does not begin with /', 'remove the / at the beginning');
  if (text.length > 1024) return wrong(0, 'a key of S3 has at most 1,024 bytes', 'shorten the pattern');
  const tokens: Token[] = [];
  const params: string[] = [];
  // A closing bracket at the end: the sticky expression must match something everywhere.
  const scanner = /\{([^{}/]*)\}|\*+|\?|[^{}*?]+|[{}]/gy;
  for (let match = scanner.exec(text); match !== null; match = scanner.exec(text)) {
    const [part, name] = match;
    const offset = match.index;
    if (name !== undefined) {
      if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
        return wrong(offset, `\`{${name}}\` does not name a parameter`, 'write letters, digits and _ between { and }');
      }
      if (params.includes(name))
        return wrong(offset, `\`{${name}}\` stands in the pattern twice`, 'write * in one of the two places');
      const before = tokens.at(-1)?.type;
      if (before !== undefined && before !== 'text' && before !== 'one' && before !== 'segments') {
        return wrong(offset, `nothing tells where \`{${name}}\` begins`, 'put a text such as - or / before it');
      }
      params.push(name);
      tokens.push({ type: 'param', name });
    } else if (part.startsWith('*')) {
      if (part.length > 2)
        return wrong(offset, `\`${part}\` means nothing`, 'write * within a segment, ** across segments');
      if (tokens.at(-1)?.type === 'param') {
        return wrong(
          offset,
          `nothing tells where the parameter before \`${part}\` ends`,
          'put a text such as - or / between them',
        );
      }
      const wholeSegment = (offset === 0 || text[offset - 1] === '/') && text[offset + 2] === '/';
      if (part === '**' && wholeSegment) scanner.lastIndex += 1;
      tokens.push({ type: part === '*' ? 'some' : wholeSegment ? 'segments' : 'all' });
    } else if (part === '?') {
      tokens.push({ type: 'one' });
    } else if (part === '{' || part === '}') {
      return wrong(offset, `this \`${part}\` has no partner`, 'a parameter is written {name}');
    } else {
      tokens.push({ type: 'text', text: part });
    }
  }
  return { pattern: { text, tokens, params } };
}

/**
 * The values that the pattern's parameters have in `key`; undefined: it does not match. If a key can be divided in
 * several ways, the leftmost parameter is the shortest. Time and space grow with key times tokens, whatever the key.
 */
export function matchKey(pattern: KeyPattern, key: string): Record<string, string> | undefined {
  const { tokens } = pattern;
  // fits[at][from]: the tokens from `at` on match the key from `from` on, to its end.
  const fits: Uint8Array[] = [];
  const end = new Uint8Array(key.length + 2);
  end[key.length] = 1;
  fits[tokens.length] = end;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const [token, rest] = [tokens[at], fits[at + 1]];
    if (token !== undefined && rest !== undefined) fits[at] = fitsOf(token, rest, key);
  }
  if (fits[0]?.[0] !== 1) return undefined;

  const bound: [string, string][] = [];
  let from = 0;
  for (const [at, token] of tokens.entries()) {
    const rest = fits[at + 1] ?? end;
    let to =
      from + (token.type === 'text' ? token.text.length : token.type === 'param' || token.type === 'one' ? 1 : 0);
    if (token.type !== 'text') while (rest[to] !== 1 || !mayEnd(token, key, from, to)) to += 1;
    if (token.type === 'param') bound.push([token.name, key.slice(from, to)]);
    from = to;
  }
  return Object.fromEntries(bound);
}

/** How much of a key matches, and what the pattern expects next. */
export function furthestMatch({ tokens }: KeyPattern, key: string): { readonly upTo: number; readonly wanted: string } {
  // reached[n]: the first n characters of the key match the tokens so far
  let reached = new Uint8Array(key.length + 1);
  reached[0] = 1;
  for (const token of tokens) {
    const next = reachedBy(token, reached, key);
    if (!next.includes(1)) return { upTo: reached.indexOf(1), wanted: textOf(token) };
    reached = next;
  }
  return { upTo: reached.indexOf(1), wanted: 'the end of the key' };
}

function reachedBy(token: Token, before: Uint8Array, key: string): Uint8Array<ArrayBuffer> {
  const reached = new Uint8Array(key.length + 1);
  let any = 0;
  for (let to = 0; to <= key.length; to += 1) {
    const [here, last, longer] = [before[to] ?? 0, before[to - 1] ?? 0, reached[to - 1] ?? 0];
    const inside = to > 0 && key[to - 1] !== '/';
    any |= last;
    if (token.type === 'text') {
      const from = to - token.text.length;
      reached[to] = key.startsWith(token.text, from) ? (before[from] ?? 0) : 0;
    } else if (token.type === 'one') reached[to] = inside ? last : 0;
    else if (token.type === 'some') reached[to] = here | (inside ? longer : 0);
    else if (token.type === 'all') reached[to] = here | longer;
    else if (token.type === 'segments') reached[to] = here | (key[to - 1] === '/' ? any : 0);
    else reached[to] = inside ? last | longer : 0;
  }
  return reached;
}

function textOf(token: Token | undefined): string {
  if (token === undefined) return '';
  const plain = { one: '?', some: '*', all: '**', segments: '**/' } as const;
  if (token.type === 'text') return token.text;
  return token.type === 'param' ? `{${token.name}}` : plain[token.type];
}

function fitsOf(token: Token, rest: Uint8Array, key: string): Uint8Array {
  const fits = new Uint8Array(key.length + 2);
  // whether the rest fits after some later `/`
  let behindSlash = 0;
  for (let from = key.length; from >= 0; from -= 1) {
    const [now, next, later] = [rest[from] ?? 0, rest[from + 1] ?? 0, fits[from + 1] ?? 0];
    const inside = from < key.length && key[from] !== '/';
    if (key[from] === '/') behindSlash |= next;
    if (token.type === 'text')
      fits[from] = key.startsWith(token.text, from) ? (rest[from + token.text.length] ?? 0) : 0;
    else if (token.type === 'one') fits[from] = inside ? next : 0;
    else if (token.type === 'some') fits[from] = now | (inside ? later : 0);
    else if (token.type === 'all') fits[from] = now | later;
    else if (token.type === 'segments') fits[from] = now | behindSlash;
    else fits[from] = inside ? next | later : 0;
  }
  return fits;
}

function mayEnd(token: Token, key: string, from: number, to: number): boolean {
  return token.type !== 'segments' || to === from || key[to - 1] === '/';
}
