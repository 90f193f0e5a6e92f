import type { Path } from '../jsonpath/path.ts';

/** `States.Name(…)`. `text` is the call as written. */
export type Call = {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly text: string;
};

export type Argument =
  | Call
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  /** `raw` keeps its backslashes: for States.Format, `\{` is a brace and `{}` a placeholder. */
  | { readonly kind: 'string'; readonly value: string; readonly raw: string };

export type Chance = { readonly random: () => number; readonly uuid: () => string };

export type IntrinsicFunction = {
  /** The minimum and maximum number of arguments. */
  readonly arity: readonly [number, number];
  /** Throws BadArgument. */
  readonly apply: (args: readonly unknown[], chance: Chance) => unknown;
};

/** A function's complaint about its arguments. Becomes the cause of States.IntrinsicFailure. */
export class BadArgument extends Error {}
