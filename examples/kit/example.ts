import type { Random } from './random.ts';

/** What an example needs beside its project folder. */
export type Example = {
  /** One sentence for `npm run example`. */
  readonly about: string;
  /** The pipeline that is run. Its triggers start the others. */
  readonly pipeline: string;
  /** Parameters of the run, where the command line gives none. */
  readonly params: Readonly<Record<string, string>>;
  /**
   * Puts the data into the local buckets.
   *
   * @param data the file of `--data`, if there is one
   */
  prepare(place: Place, data: string | undefined): void;
  /** The report's address in S3, by the parameters of the run. */
  report(params: Readonly<Record<string, string>>): string;
};

export type Place = {
  /** Writes an object of a local bucket. */
  put(address: string, content: string | Uint8Array): void;
  /** The same numbers each time. */
  readonly random: Random;
};
