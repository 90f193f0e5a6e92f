import type * as z from 'zod/mini';

type Described = Readonly<Record<string, unknown>>;

const known = new WeakMap<z.core.$ZodType, (made: Described) => Described>();

/** Adds to the API's description what its schema cannot express. @param as given the schema's own description */
export function described<Shape extends z.core.$ZodType>(shape: Shape, as: (made: Described) => Described): Shape {
  known.set(shape, as);
  return shape;
}

export function describedAs(shape: z.core.$ZodType, made: Described): Described | undefined {
  return known.get(shape)?.(made);
}
