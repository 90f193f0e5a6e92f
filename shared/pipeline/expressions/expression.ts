import jsonata from 'jsonata';
import { Nearest } from '../../reading/nearest.ts';
import { functions } from './functions.ts';

/** Longer than any real expression. The parser recurses, so a limit is needed. */
const longestExpression = 10_000;

/** A variable of ours that an expression reads. */
export type Read = {
  readonly of: 'params' | 'run' | 'interval' | 'tasks' | 'buckets';
  /** The name after the dot. Undefined: the whole variable, or a name that is known only at run time. */
  readonly name: string | undefined;
  /** The name after that. */
  readonly field: string | undefined;
  /** Its place in the expression's text. */
  readonly offset: number;
};

export type ExpressionProblem = { readonly offset: number; readonly message: string; readonly remedy: string };

export type Expression = {
  readonly reads: readonly Read[];
  /** Tasks whose output the expression guards with `$exists($tasks.NAME.output…)`. */
  readonly guarded: ReadonlySet<string>;
  /** Whether it guards with `$exists($interval…)`. */
  readonly guardsInterval: boolean;
  readonly problems: readonly ExpressionProblem[];
};

const bound = ['params', 'run', 'interval', 'tasks', 'buckets'] as const;

/**
 * What a JSONata expression reads, and its mistakes as far as the text shows them. Parsed by version 2.0.6, which
 * Step Functions runs: later versions accept more (`??`, `?:`) than AWS.
 *
 * @param locals further variables that it may read
 */
export function readExpression(text: string, locals: readonly string[] = []): Expression {
  if (text.length > longestExpression) {
    const message = `the expression has ${text.length} characters; the limit is ${longestExpression}`;
    return failed(0, message, 'let a job compute it');
  }
  let root: unknown;
  try {
    root = jsonata(text).ast();
  } catch (error) {
    // The parser throws plain objects, and RangeErrors for brackets that are nested thousands deep.
    const { message, position } = Object.assign({ message: String(error), position: 0 }, error);
    const offset = typeof position === 'number' ? Math.max(0, Math.min(position, text.length) - 1) : 0;
    return failed(offset, `cannot parse the expression: ${String(message)}`, remedyFor(text, String(message)));
  }
  return new Walk(root, locals).result();
}

function failed(offset: number, message: string, remedy: string): Expression {
  return { reads: [], guarded: new Set(), guardsInterval: false, problems: [{ offset, message, remedy }] };
}

function remedyFor(text: string, message: string): string {
  if (text.trim() === '') return 'write an expression between {% and %}';
  if (text.includes('??')) return 'Step Functions has no ??; write $exists(a) ? a : b';
  if (text.includes('?:')) return 'Step Functions has no ?:; write a ? a : b';
  if (text.includes('==')) return 'equality is one = in JSONata';
  if (/&&|\|\|/.test(text)) return 'write `and` and `or`';
  if (/\bnew\b|\bDate\b/.test(text)) return 'this is JavaScript, not JSONata: the current time is $now()';
  if (text.includes('=>')) return 'this is JavaScript, not JSONata: a function is function($x){ … }';
  if (/before end of expression/.test(message)) return 'close every bracket and quote';
  if (/end of expression/.test(message)) return 'something is missing at the end';
  if (/quote/i.test(message)) return 'close the quote';
  return 'docs.jsonata.org explains the syntax; Step Functions runs version 2.0.6';
}

type AstNode = { readonly [key: string]: unknown };

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && !(value instanceof RegExp);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Walks every property of every node, because the library's types omit half of them. No recursion. */
class Walk {
  readonly #reads: Read[] = [];
  readonly #guarded = new Set<string>();
  #guardsInterval = false;
  readonly #problems: ExpressionProblem[] = [];
  readonly #locals = new Set<string>();
  readonly #variables: { readonly name: string; readonly offset: number; readonly called: boolean }[] = [];

  constructor(root: unknown, locals: readonly string[]) {
    for (const local of locals) this.#locals.add(local);
    const open: unknown[] = [root];
    while (open.length > 0) {
      const node = open.pop();
      if (isNode(node)) for (const child of this.#visit(node)) open.push(child);
    }
  }

  result(): Expression {
    const nearest = new Nearest();
    for (const { name, offset, called } of this.#variables) {
      if (this.#locals.has(name) || functions.has(name)) continue;
      if (name === 'eval') {
        this.#problem(offset, 'Step Functions has no $eval', 'for JSON text there is $parse');
        continue;
      }
      const message = called ? `there is no function $${name}` : `there is no variable $${name}`;
      // if everything is unknown, do not guess
      const meant = this.#problems.length < 5 ? nearest.of(name, called ? functions : bound) : undefined;
      this.#problem(offset, message, meant === undefined ? unknownRemedy(name, called) : `did you mean $${meant}?`);
    }
    const problems = this.#problems.sort((a, b) => a.offset - b.offset);
    return { reads: this.#reads, guarded: this.#guarded, guardsInterval: this.#guardsInterval, problems };
  }

  /** Returns the nodes to visit next. */
  #visit(node: AstNode): readonly unknown[] {
    const { type, procedure, steps, lhs, arguments: given, ...rest } = node;
    const inner = Object.values(rest);
    for (const local of [node.focus, node.index]) if (typeof local === 'string') this.#locals.add(local);
    if (type === 'variable') this.#variable(node, undefined, undefined);
    if (type === 'bind') {
      this.#bind(lhs);
      return inner;
    }
    if (type === 'lambda') {
      for (const one of list(given)) this.#bind(one);
      return inner;
    }
    if (type === 'path') {
      this.#checkStart(list(steps)[0]);
      const [first, second, third] = list(steps);
      if (!isNode(first) || first.type !== 'variable') return [...list(steps), ...inner];
      const plain = first.predicate === undefined && first.stages === undefined;
      this.#variable(first, plain ? nameOf(second) : undefined, nameOf(third));
      return [...list(steps).slice(1), first.predicate, first.stages, first.group, ...inner];
    }
    if (isNode(procedure) && procedure.type === 'variable') {
      const name = String(procedure.value);
      this.#variables.push({ name, offset: offsetOf(procedure), called: true });
      if (name === 'exists') this.#guard(list(given)[0]);
      return [...list(given), ...inner];
    }
    return [procedure, lhs, given, steps, ...inner];
  }

  #bind(node: unknown): void {
    if (!isNode(node)) return;
    const name = String(node.value);
    this.#locals.add(name);
    if (!bound.some((one) => one === name)) return;
    this.#problem(offsetOf(node), `$${name} cannot be given another meaning`, 'choose another name');
  }

  /** A path that begins with a variable's name, but without its `$`, reads nothing. */
  #checkStart(first: unknown): void {
    const name = nameOf(first);
    if (name === undefined || !isNode(first) || !bound.some((one) => one === name)) return;
    const { position } = first;
    const offset = typeof position === 'number' ? Math.max(0, position - name.length) : 0;
    this.#problem(offset, `\`${name}\` without \`$\` reads nothing`, `write $${name}`);
  }

  #guard(asked: unknown): void {
    const [variable, task, field] = isNode(asked) && asked.type === 'variable' ? [asked] : stepsOf(asked);
    if (isNode(variable) && variable.type === 'variable' && variable.value === 'interval') this.#guardsInterval = true;
    if (!isNode(variable) || variable.type !== 'variable' || variable.value !== 'tasks') return;
    const guarded = nameOf(task);
    if (guarded !== undefined && nameOf(field) === 'output') this.#guarded.add(guarded);
  }

  #variable(node: AstNode, name: string | undefined, field: string | undefined): void {
    const variable = String(node.value);
    // '' is $, the context; '$' is $$, the root
    if (variable === '' || variable === '$') return;
    const of = bound.find((one) => one === variable);
    if (of !== undefined) this.#reads.push({ of, name, field, offset: offsetOf(node) });
    else this.#variables.push({ name: variable, offset: offsetOf(node), called: false });
  }

  #problem(offset: number, message: string, remedy: string): void {
    this.#problems.push({ offset, message, remedy });
  }
}

function stepsOf(node: unknown): readonly unknown[] {
  return list(isNode(node) ? node.steps : undefined);
}

function nameOf(step: unknown): string | undefined {
  return isNode(step) && step.type === 'name' && typeof step.value === 'string' ? step.value : undefined;
}

/** The parser's `position` is behind the token. */
function offsetOf(node: AstNode): number {
  const { position, value } = node;
  return typeof position === 'number' ? Math.max(0, position - String(value).length - 1) : 0;
}

function unknownRemedy(name: string, called: boolean): string {
  if (name === 'states') return 'read $params, $run, $interval, $buckets.NAME or $tasks.NAME.output instead';
  if (called)
    return 'the functions are those of docs.jsonata.org; Step Functions adds $partition, $range, $hash, $uuid and $parse';
  return 'there are $params, $run, $interval, $buckets.NAME and $tasks.NAME.output';
}
