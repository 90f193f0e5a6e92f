import jsonata from 'jsonata';
import { type Chance, registerAwsFunctions } from './aws-functions.ts';
import { Bounds, bound } from './bounds.ts';
import { createConfinedEvaluation } from './confined-evaluation.ts';
import type { Answer } from './confined-process.ts';
import { isInterruptible } from './is-interruptible.ts';
import { expressionIn, problemOf } from './parse-expression.ts';
import { followPlainPath, type PlainPath, plainPathOf } from './plain-path.ts';
import { createPlainResult, UnsupportedResult } from './plain-result.ts';
import { returnedNothing, threwDuringEvaluation, unsupportedResult } from './query-evaluation-error.ts';

/**
 * Variables by name, without `$`: `{ states: { input, context, … }, myVar: … }`. JSON that nobody changes or freezes.
 */
export type Bindings = Record<string, unknown>;

export type Evaluator = {
  /**
   * The value of an expression (the text inside `{% %}`) as plain JSON, which may share parts with the bindings. Errors
   * call it `field`: `Output`, `Arguments/rows`, … Throws QueryEvaluationError if evaluation fails or takes longer than
   * a second, or if the result is undefined or a function.
   */
  evaluate(expression: string, bindings: Bindings, field: string): Promise<unknown>;
  /** Replaces the `{% … %}` strings in JSON by their values. Otherwise like `evaluate`. */
  evaluateTemplate(template: unknown, bindings: Bindings, field: string): Promise<unknown>;
};

type Parsed = {
  readonly expression: jsonata.Expression;
  readonly inProcess: boolean;
  readonly path: PlainPath | undefined;
};

/** Number of parsed expressions kept. A 1 MB machine has some thousands. */
const maxParsed = 5_000;

/** Harmless limits for this process. An evaluation that exceeds them starts again in the worker. */
const inProcessLimits = { items: 2_000_000, characters: 2_000_000 };
const defaultInProcessMs = 100;

/**
 * JSONata as Step Functions runs it: version 2.0.6, AWS's functions, the given clock and randomness, and a time limit
 * of one real second. Most expressions take microseconds in process. Those that might be unstoppable there, or prove
 * too large, run in a worker.
 */
export function createEvaluator(
  options: Chance & {
    readonly now: () => number;
    /** Called with work outside this thread, because a virtual clock has to wait for it. */
    readonly track?: (work: Promise<unknown>) => void;
    readonly inProcessMs?: number;
  },
): Evaluator {
  const cache = new Map<string, Parsed>();
  const limits = { ...inProcessLimits, ms: options.inProcessMs ?? defaultInProcessMs };
  const evaluateConfined = createConfinedEvaluation();
  const plainResult = createPlainResult();

  function parse(text: string): Parsed {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const expression = jsonata(text);
    registerAwsFunctions(expression, options);
    bound(expression);
    const oldest = cache.keys().next();
    if (cache.size >= maxParsed && oldest.done === false) cache.delete(oldest.value);
    const ast: unknown = expression.ast();
    const parsed = { expression, inProcess: isInterruptible(text, ast), path: plainPathOf(ast) };
    cache.set(text, parsed);
    return parsed;
  }

  /** Undefined if it has to be evaluated in a worker. */
  async function evaluateHere(text: string, bindings: Bindings): Promise<{ readonly value: unknown } | undefined> {
    const { expression, inProcess, path } = parse(text);
    const followed = path === undefined ? undefined : followPlainPath(path, bindings);
    if (followed?.found === true) return followed;
    if (!inProcess) return undefined;
    const bounds = new Bounds(options.now(), limits);
    try {
      const value: unknown = await expression.evaluate(undefined, { ...bindings, ...bounds.bindings });
      return { value: value === undefined ? undefined : plainResult(value) };
    } catch (thrown) {
      if (bounds.exceeded !== undefined) return undefined;
      throw thrown;
    }
  }

  async function evaluateElsewhere(text: string, bindings: Bindings): Promise<Answer> {
    const seed = /\$(?:random|shuffle|uuid)/.test(text) ? Math.floor(options.random() * 2 ** 48) : 0;
    const job = { expression: text, bindings: JSON.stringify(bindings), now: options.now(), seed };
    const answer = evaluateConfined(job);
    options.track?.(answer);
    return await answer;
  }

  async function evaluate(text: string, bindings: Bindings, field: string): Promise<unknown> {
    let value: unknown;
    try {
      const here = await evaluateHere(text, bindings);
      const answer = here ?? (await evaluateElsewhere(text, bindings));
      if ('unsupported' in answer) throw new UnsupportedResult();
      if ('problem' in answer) throw answer.problem;
      value = 'value' in answer ? answer.value : answer.result === undefined ? undefined : JSON.parse(answer.result);
    } catch (thrown) {
      if (thrown instanceof UnsupportedResult) throw unsupportedResult(text, field);
      const { code, message } = problemOf(thrown);
      throw threwDuringEvaluation(text, field, `${code}: ${message}`);
    }
    if (value === undefined) throw returnedNothing(text, field);
    return value;
  }

  async function evaluateTemplate(template: unknown, bindings: Bindings, field: string): Promise<unknown> {
    if (typeof template === 'string') {
      const expression = expressionIn(template);
      return expression === undefined ? template : await evaluate(expression, bindings, field);
    }
    if (typeof template !== 'object' || template === null) return template;
    if (Array.isArray(template)) {
      const items: unknown[] = [];
      for (const [index, item] of template.entries()) {
        items.push(await evaluateTemplate(item, bindings, `${field}[${index}]`));
      }
      return items;
    }
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(template)) {
      entries.push([key, await evaluateTemplate(item, bindings, `${field}/${key}`)]);
    }
    return Object.fromEntries(entries);
  }

  return { evaluate, evaluateTemplate };
}
