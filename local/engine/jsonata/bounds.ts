import type jsonata from 'jsonata';

/** Limits of one evaluation. Times are real, because they limit computing and do not concern the engine's clock. */
export type Limits = {
  readonly ms: number;
  /** Total number of items in all arrays that it creates. */
  readonly items: number;
  /** Characters of one string. */
  readonly characters: number;
};

/** A name that no expression can contain. */
const key = ' bounds';
const entry = Symbol.for('jsonata.__evaluate_entry');
const exit = Symbol.for('jsonata.__evaluate_exit');

/**
 * Concurrent evaluations, nested or parallel (JSONata evaluates the items of `[a, b]` all at once). Tail calls do not
 * nest.
 */
const maxUnderWay = 50_000;

/** JSONata's own messages for both (its command `timeboxExpression`). */
export const tookTooLong = { code: 'U1001', message: 'Expression evaluation timeout: Check for infinite loop' };
const tooDeep = { code: 'U1001', message: 'Stack overflow error: Check for non-terminating recursive function' };
const tooMuch = { code: 'U1001', message: 'The expression makes more values than can be held' };

/** Counts the resources that one evaluation uses. Once `exceeded`, every part of it stops. */
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

  /** To be bound along with the variables of the evaluation. */
  get bindings(): Record<string, unknown> {
    return { [key]: this };
  }
}

/**
 * Makes an expression respect the bounds in its bindings. It is parsed once and evaluated many times, even
 * concurrently. `$now()` returns the time in the bounds.
 */
export function bound(expression: jsonata.Expression): void {
  // The library's types do not allow symbols as names.
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
