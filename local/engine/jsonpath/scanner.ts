/** Why a path or an intrinsic function cannot be parsed. `at` counts characters from 0. */
export class SyntaxProblem extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'SyntaxProblem';
    this.at = at;
  }
}

const maxNesting = 100;

/** Reads a text from left to right. */
export class Scanner {
  readonly text: string;
  at = 0;
  /** Why the text so far cannot be evaluated. */
  unreadable: string | undefined;
  readonly #within: boolean;
  #nesting = 0;

  /** @param within the text is part of a larger one */
  constructor(text: string, within: boolean) {
    this.text = text;
    this.#within = within;
  }

  get within(): boolean {
    return this.#within || this.#nesting > 0;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  /** Consumes `expected` if it comes next. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.take(expected)) this.fail(`expected '${expected}'`);
  }

  /** Consumes the match of a sticky pattern at this position. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  skipBlanks(): void {
    this.match(/\s*/y);
  }

  /** Parses something that may nest. The depth is limited, so that parsing and evaluating need little stack. */
  nested<T>(read: () => T): T {
    this.#nesting += 1;
    if (this.#nesting > maxNesting) this.fail('nested too deeply');
    const value = read();
    this.#nesting -= 1;
    return value;
  }

  fail(message: string): never {
    throw new SyntaxProblem(this.done ? `${message}, but the text ends` : `${message} at position ${this.at}`, this.at);
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** `'…'` or `"…"`, with Java's escapes. A backslash before any other character yields that character. */
export function scanQuoted(scanner: Scanner): string {
  const quote = scanner.peek();
  const body = scanner.match(quote === "'" ? /'(?:[^'\\]|\\[\s\S])*'/y : /"(?:[^"\\]|\\[\s\S])*"/y);
  if (body === undefined) scanner.fail('a quote is not closed');
  return body
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_all, code: string | undefined, character: string) =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
