/** A rule of DQDL, the Data Quality Definition Language. */
export type Rule =
  | {
      readonly is: 'check';
      readonly text: string;
      readonly type: string;
      readonly parameters: readonly string[];
      readonly condition?: Condition;
      readonly threshold?: Condition;
      readonly where?: string;
    }
  | { readonly is: 'all' | 'any'; readonly text: string; readonly rules: readonly Rule[] };

export type Operand =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'text'; readonly value: string }
  /** Before now, in seconds. */
  | { readonly is: 'ago'; readonly seconds: number }
  | { readonly is: 'duration'; readonly seconds: number }
  | { readonly is: 'null' };

export type Condition =
  | { readonly is: 'compare'; readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<='; readonly operand: Operand }
  | { readonly is: 'between'; readonly not: boolean; readonly from: Operand; readonly to: Operand }
  | { readonly is: 'in'; readonly not: boolean; readonly operands: readonly Operand[] }
  | { readonly is: 'matches'; readonly not: boolean; readonly pattern: string };

/** The text is not DQDL, or uses a part of DQDL that is not supported locally. The message says what, and where. */
export class RulesRefused extends Error {
  override readonly name = 'RulesRefused';
}

type Token = { readonly text: string; readonly start: number; readonly end: number; readonly quoted?: true };

const token = /\s+|#[^\n]*|"((?:[^"\\]|\\.)*)"|(>=|<=|!=|[=<>[\](),-])|([A-Za-z_][\w.]*|\d+(?:\.\d+)?)/gy;

/** @throws {RulesRefused} */
export function parseRules(text: string): readonly Rule[] {
  const tokens = tokenize(text);
  let at = 0;

  const peek = (ahead = 0): string =>
    (tokens[at + ahead]?.quoted ? '' : (tokens[at + ahead]?.text ?? '')).toLowerCase();
  const fail = (expected: string): never => {
    const here = tokens[at];
    const line = text.slice(0, here?.start ?? text.length).split('\n').length;
    throw new RulesRefused(
      `line ${line}: expected ${expected}, but found ${here === undefined ? 'the end' : here.text}`,
    );
  };
  const take = (word: string): void => {
    if (peek() !== word) fail(`\`${word}\``);
    at++;
  };
  const skip = (word: string): boolean => {
    if (peek() !== word) return false;
    at++;
    return true;
  };
  const quoted = (): string => {
    const here = tokens[at];
    if (here?.quoted !== true) return fail('a text in quotation marks');
    at++;
    return here.text;
  };

  function list(): Rule[] {
    take('[');
    const rules: Rule[] = [];
    while (!skip(']')) {
      rules.push(composite());
      if (!skip(',') && peek() !== ']') fail('`,` or `]`');
    }
    return rules;
  }

  function composite(): Rule {
    const from = at;
    const first = peek() === '(' ? group() : check();
    const rules = [first];
    const word = peek();
    if (word !== 'and' && word !== 'or') return first;
    while (skip(word)) rules.push(peek() === '(' ? group() : check());
    return { is: word === 'and' ? 'all' : 'any', text: between(from), rules };
  }

  function group(): Rule {
    take('(');
    const inner = composite();
    take(')');
    return inner;
  }

  function check(): Rule {
    const from = at;
    const type = tokens[at];
    if (type === undefined || type.quoted || !/^[a-z]/i.test(type.text)) return fail('a rule, such as RowCount > 0');
    at++;
    const parameters: string[] = [];
    while (tokens[at]?.quoted === true) parameters.push(quoted());
    const condition = maybeCondition();
    const where = skip('where') ? quoted() : undefined;
    const threshold = maybeThreshold();
    return {
      is: 'check',
      type: type.text,
      parameters,
      ...(condition !== undefined && { condition }),
      ...(where !== undefined && { where }),
      ...(threshold !== undefined && { threshold }),
      text: between(from),
    };
  }

  function maybeThreshold(): Condition | undefined {
    if (!skip('with')) return undefined;
    take('threshold');
    return maybeCondition() ?? fail('a condition, such as `> 0.9`');
  }

  function maybeCondition(): Condition | undefined {
    const not = peek() === 'not' && ['in', 'between', 'matches'].includes(peek(1));
    if (not) at++;
    if (skip('between')) {
      const low = operand();
      take('and');
      return { is: 'between', not, from: low, to: operand() };
    }
    if (skip('in')) {
      take('[');
      const operands = [operand()];
      while (skip(',')) operands.push(operand());
      take(']');
      return { is: 'in', not, operands };
    }
    if (skip('matches')) return { is: 'matches', not, pattern: quoted() };
    for (const operator of ['=', '!=', '>=', '<=', '>', '<'] as const) {
      if (skip(operator)) return { is: 'compare', operator, operand: operand() };
    }
    return undefined;
  }

  function operand(): Operand {
    if (tokens[at]?.quoted === true) return { is: 'text', value: quoted() };
    if (skip('null')) return { is: 'null' };
    if (skip('now')) {
      take('(');
      take(')');
      return { is: 'ago', seconds: 0 };
    }
    if (skip('(')) {
      take('now');
      take('(');
      take(')');
      take('-');
      const back = operand();
      take(')');
      return back.is === 'duration' ? { is: 'ago', seconds: back.seconds } : fail('a time span, such as 3 days');
    }
    const sign = skip('-') ? -1 : 1;
    const number = Number(peek());
    if (peek() === '' || Number.isNaN(number)) return fail('a number or a text');
    at++;
    const unit = units[peek()];
    if (unit === undefined) return { is: 'number', value: sign * number };
    at++;
    return { is: 'duration', seconds: number * unit };
  }

  function between(from: number): string {
    const start = tokens[from]?.start ?? 0;
    return text.slice(start, tokens[at - 1]?.end ?? start).replaceAll(/\s+/g, ' ');
  }

  const rules: Rule[] = [];
  while (at < tokens.length) {
    const section = peek();
    if (section !== 'rules' && section !== 'analyzers') fail('`Rules = [ … ]`');
    at++;
    take('=');
    if (section === 'rules') rules.push(...list());
    else list();
  }
  if (rules.length === 0) throw new RulesRefused('there is no rule: write `Rules = [ RowCount > 0 ]`');
  return rules;
}

const units: Readonly<Record<string, number>> = {
  minute: 60,
  minutes: 60,
  hour: 3_600,
  hours: 3_600,
  day: 86_400,
  days: 86_400,
  week: 604_800,
  weeks: 604_800,
};

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      const line = text.slice(0, start).split('\n').length;
      throw new RulesRefused(`line ${line}: cannot read ${text.slice(start, start + 20).split('\n')[0]}`);
    }
    const [, quoted, sign, word] = match;
    const end = token.lastIndex;
    if (quoted !== undefined) tokens.push({ text: quoted.replaceAll(/\\(.)/g, '$1'), start, end, quoted: true });
    else if (sign !== undefined || word !== undefined) tokens.push({ text: sign ?? word ?? '', start, end });
  }
  return tokens;
}
