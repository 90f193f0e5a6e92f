import type * as z from 'zod/mini';

type Described = Readonly<Record<string, unknown>>;

const known = new WeakMap<z.core.$ZodType, (made: Described) => Described>();

/**
 * Says in the API's description what its schema cannot say by itself.
 *
 * @param as given what the schema says
 */
export function described<Shape extends z.core.$ZodType>(shape: Shape, as: (made: Described) => Described): Shape {
  known.set(shape, as);
  return shape;
}

export function describedAs(shape: z.core.$ZodType, made: Described): Described | undefined {
  return known.get(shape)?.(made);
}
