/** Limits of the depth and length of a parameter's default. */
const depthLimit = 200;
const stepLimit = 100_000;

/**
 * Evaluates JSONata for the defaults of parameters, within bounds. Functions that read a clock are missing, because
 * a run's parameters must follow from its trigger.
 *
 * @throws JSONata's own plain objects, and {@link Unbounded}
 */
export async function evaluate(expression: string, bindings: Readonly<Record<string, unknown>>): Promise<unknown> {
  // loaded at the first use: parsing it would slow the start of functions that evaluate nothing
  const { default: jsonata } = await import('jsonata');
  const program = jsonata(expression);
  let depth = 0;
  let steps = 0;
  const enter = () => {
    if (++depth > depthLimit || ++steps > stepLimit)
      throw new Unbounded(`${expression.slice(0, 100)} does not come to an end`);
  };
  const leave = () => {
    depth -= 1;
  };
  for (const name of ['now', 'millis', 'random', 'shuffle', 'eval']) {
    program.registerFunction(name, () => {
      throw new Unbounded(`$${name}() is not there: what a run is made of follows from its trigger`);
    });
  }
  // hooks of version 2.0.6 that its types lack
  Reflect.apply(program.assign, program, [Symbol.for('jsonata.__evaluate_entry'), enter]);
  Reflect.apply(program.assign, program, [Symbol.for('jsonata.__evaluate_exit'), leave]);
  const value: unknown = await program.evaluate(undefined, { ...bindings });
  return value;
}

export class Unbounded extends Error {
  override readonly name = 'Unbounded';
}
