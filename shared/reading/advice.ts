import type { Json } from '../json.ts';
import type { Path } from './finding.ts';

/** A better remedy than the general one, for a common mistake at a certain place. */
export type Advised = {
  readonly remedy: string;
  /** Replaces "unknown key" or the schema's expectation. */
  readonly message?: string;
  /** The key names the kind in a foreign word, so do not report that the kind is missing. */
  readonly namesKind?: true;
};

/** Remedies for the common mistakes in one kind of file. */
export type Advice = {
  /** `beside`: all keys of the mapping that the key is in. */
  unknownKey(path: Path, value: Json, beside: readonly string[]): Advised | undefined;
  /** For a key that is not a valid name. */
  badName?(path: Path): Advised | undefined;
  wrongValue(path: Path, value: Json): Advised | undefined;
};

export const noAdvice: Advice = { unknownKey: () => undefined, wrongValue: () => undefined };
