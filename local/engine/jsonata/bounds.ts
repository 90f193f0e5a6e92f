import type jsonata from 'jsonata';

/** What one evaluation may use up. Real time: it is about computing, not about what the clock of the engine says. */
export type Limits = {
  readonly ms: number;
  /** Items in all arrays that it makes on the way, taken together. */
  readonly items: number;
  /** Characters of one string. */
  readonly characters: number;
};

/** A name that no expression can spell. */
const key = ' bounds';
const entry = Symbol.for('jsonata.__evaluate_entry');
const exit = Symbol.for('jsonata.__evaluate_exit');

/** Evaluations under way, nested or side by side (JSONata evaluates the items of `[a, b]` all at once). Tail calls do not nest. */
const maxUnderWay = 50_000;

/** JSONata's own words for both (its command `timeboxExpression`). */
export const tookTooLong = { code: 'U1001', message: 'Expression evaluation timeout: Check for infinite loop' };
const tooDeep = { code: 'U1001', message: 'Stack overflow error: Check for non-terminating recursive function' };
const tooMuch = { code: 'U1001', message: 'The expression makes more values than can be held' };

/** Counts what one evaluation uses up. Once `exceeded`, no part of it goes on. */
export class Bounds {
  readonly now: Date;
  exceeded: object | undefined;
  readonly #limits: Limits;
  readonly #deadline: number;
  #underWay = 0;
  #items = 0;

  constructor(now: number, limits: Limits) {
    this.now = new Date(now);
    this.#limits = limits;
    this.#deadline = performance.now() + limits.ms;
  }

  enter(): void {
    this.#underWay += 1;
    if (this.#underWay > maxUnderWay) this.exceeded ??= tooDeep;
    else if (performance.now() > this.#deadline) this.exceeded ??= tookTooLong;
    if (this.exceeded !== undefined) throw this.exceeded;
  }

  leave(result: unknown): void {
    this.#underWay -= 1;
    if (Array.isArray(result)) this.#items += result.length;
    const long = typeof result === 'string' && result.length > this.#limits.characters;
    if (long || this.#items > this.#limits.items) this.exceeded ??= tooMuch;
    if (this.exceeded !== undefined) throw this.exceeded;
  }

  /** To be bound beside the variables of the evaluation. */
  get bindings(): Record<string, unknown> {
    return { [key]: this };
  }
}

/**
 * Makes an expression heed the bounds that lie among its bindings: it is parsed once and evaluated many times, also at
 * the same time. `$now()` says what the bounds do.
 */
export function bound(expression: jsonata.Expression): void {
  // The shipped types know no symbols as names.
  const assign = (name: symbol, value: unknown) => Reflect.apply(expression.assign, expression, [name, value]);
  assign(entry, (_node: unknown, _input: unknown, environment: { timestamp: Date } & jsonata.Environment) => {
    const bounds: unknown = environment.lookup(key);
    if (!(bounds instanceof Bounds)) return;
    environment.timestamp = bounds.now;
    bounds.enter();
  });
  assign(exit, (_node: unknown, _input: unknown, environment: jsonata.Environment, result: unknown) => {
    const bounds: unknown = environment.lookup(key);
    if (bounds instanceof Bounds) bounds.leave(result);
  });
}
