import jsonata from 'jsonata';
import { type Chance, registerAwsFunctions } from './aws-functions.ts';
import { bound, boundsOf } from './bounds.ts';
import { expressionIn, needsSandbox, problemOf } from './parse-expression.ts';
import { plainResult, UnsupportedResult } from './plain-result.ts';
import { returnedNothing, threwDuringEvaluation, unsupportedResult } from './query-evaluation-error.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

/** Variables by name, without `$`: `{ states: { input, context, … }, myVar: … }`. JSON, that nobody changes or freezes. */
export type Bindings = Record<string, unknown>;

export type Evaluator = {
  /**
   * The value of an expression (the text inside `{% %}`) as plain JSON. Parts of it may be parts of the bindings.
   * `field` is the name that errors bear: `Output`, `Arguments/rows`, …
   * Throws QueryEvaluationError: an error while evaluating, nothing (undefined), a function, or a second is over.
   */
  evaluate(expression: string, bindings: Bindings, field: string): Promise<unknown>;
  /** JSON with `{% … %}` in its strings: the same JSON with their values. Otherwise as `evaluate`. */
  evaluateTemplate(template: unknown, bindings: Bindings, field: string): Promise<unknown>;
};

type Parsed = { readonly expression: jsonata.Expression; readonly sandboxed: boolean };

/** Expressions kept parsed. A machine of 1 MB has some thousands. */
const maxParsed = 5_000;

/** JSONata as Step Functions runs it: version 2.0.6, AWS's functions, clock and chance as handed in, an end after a second. */
export function createEvaluator(chance: Chance): Evaluator {
  const cache = new Map<string, Parsed>();
  let sandbox: Sandbox | undefined;

  function parse(text: string): Parsed {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const plain = jsonata(text);
    const sandboxed = needsSandbox(plain.ast());
    if (sandboxed) sandbox ??= createSandbox();
    const expression = sandboxed && sandbox !== undefined ? sandbox.parse(text) : plain;
    registerAwsFunctions(expression, chance);
    bound(expression);
    const oldest = cache.keys().next();
    if (cache.size >= maxParsed && oldest.done === false) cache.delete(oldest.value);
    cache.set(text, { expression, sandboxed });
    return { expression, sandboxed };
  }

  async function raw(text: string, bindings: Bindings): Promise<unknown> {
    const { expression, sandboxed } = parse(text);
    const bounds = boundsOf(chance.now());
    if (!sandboxed || sandbox === undefined) return await expression.evaluate(undefined, { ...bindings, ...bounds });
    const settled = sandbox.run(expression, bindings, bounds);
    if ('thrown' in settled) throw settled.thrown;
    return settled.value;
  }

  async function evaluate(text: string, bindings: Bindings, field: string): Promise<unknown> {
    let value: unknown;
    try {
      value = await raw(text, bindings);
    } catch (thrown) {
      const { code, message } = problemOf(thrown);
      throw threwDuringEvaluation(text, field, `${code}: ${message}`);
    }
    if (value === undefined) throw returnedNothing(text, field);
    try {
      return plainResult(value);
    } catch (thrown) {
      if (thrown instanceof UnsupportedResult) throw unsupportedResult(text, field);
      throw thrown;
    }
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
