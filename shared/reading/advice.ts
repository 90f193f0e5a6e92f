import type { Json } from '../json.ts';
import type { Path } from './finding.ts';

/** A better remedy than the general one, for a mistake that people often make in a certain place. */
export type Advised = {
  readonly remedy: string;
  /** Says more than "unknown key", or than what the schema expects. */
  readonly message?: string;
  /** The key names what the object is, if in a word that is not ours: nobody needs to be told that the kind is missing. */
  readonly namesKind?: true;
};

/** What a kind of file knows about its readers' habits. */
export type Advice = {
  unknownKey(path: Path, value: Json): Advised | undefined;
  /** Of a key that is not a name. */
  badName?(path: Path): Advised | undefined;
  wrongValue(path: Path, value: Json): Advised | undefined;
};

export const noAdvice: Advice = { unknownKey: () => undefined, wrongValue: () => undefined };
