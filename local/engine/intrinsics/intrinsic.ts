import type { Path } from '../jsonpath/path.ts';

/** `States.Name(…)`. `text` is the call as it was written. */
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
  /** `raw` still has its backslashes: to States.Format `\{` is a brace and `{}` a place to fill. */
  | { readonly kind: 'string'; readonly value: string; readonly raw: string };

export type Chance = { readonly random: () => number; readonly uuid: () => string };

export type IntrinsicFunction = {
  /** The least and the most arguments. */
  readonly arity: readonly [number, number];
  /** Throws BadArgument. */
  readonly apply: (args: readonly unknown[], chance: Chance) => unknown;
};

/** What a function says about its arguments; becomes the cause of States.IntrinsicFailure. */
export class BadArgument extends Error {}
