import type jsonata from 'jsonata';

/** AWS ends an expression after a second (Step Functions guide: transforming data). Real time: it is about computing. */
export const timeLimitMs = 1_000;
/** Evaluations under way, nested or side by side (JSONata evaluates the items of `[a, b]` all at once). Tail calls do not nest. */
const maxUnderWay = 50_000;
/** As many items as JSONata's own range operator makes. */
const maxItems = 10_000_000;

/** A name that no expression can spell. */
const key = ' bounds';
const entry = Symbol.for('jsonata.__evaluate_entry');
const exit = Symbol.for('jsonata.__evaluate_exit');

class Bounds {
  underWay = 0;
  readonly deadline: number;
  readonly now: Date;

  constructor(now: number) {
    this.deadline = performance.now() + timeLimitMs;
    this.now = new Date(now);
  }
}

/** Bound beside the variables of one evaluation, to count its nesting and its time. `now` becomes what `$now()` says. */
export function boundsOf(now: number): Record<string, unknown> {
  return { [key]: new Bounds(now) };
}

export const tookTooLong = { code: 'U1001', message: 'Expression evaluation timeout: Check for infinite loop' };
const tooDeep = { code: 'U1001', message: 'Stack overflow error: Check for non-terminating recursive function' };
const tooLong = { code: 'D2014', message: 'An array has more than 10000000 items' };

/** An expression is parsed once and evaluated many times, also at the same time: what is counted lies in the bindings. */
export function bound(expression: jsonata.Expression): void {
  // The shipped types know no symbols as names.
  const assign = (name: symbol, value: unknown) => Reflect.apply(expression.assign, expression, [name, value]);
  assign(entry, (_node: unknown, _input: unknown, environment: { timestamp: Date } & jsonata.Environment) => {
    const bounds: unknown = environment.lookup(key);
    if (!(bounds instanceof Bounds)) return;
    if (bounds.underWay === 0) environment.timestamp = bounds.now;
    bounds.underWay += 1;
    if (bounds.underWay > maxUnderWay) throw tooDeep;
    if (performance.now() > bounds.deadline) throw tookTooLong;
  });
  assign(exit, (_node: unknown, _input: unknown, environment: jsonata.Environment, result: unknown) => {
    const bounds: unknown = environment.lookup(key);
    if (bounds instanceof Bounds) bounds.underWay -= 1;
    if (Array.isArray(result) && result.length > maxItems) throw tooLong;
  });
}
