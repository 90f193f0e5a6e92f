import type { Random } from './random.ts';

/** What an example needs beside its project folder. */
export type Example = {
  /** One sentence for `npm run example`. */
  readonly about: string;
  /** The report's address in S3, by the parameters of the run. */
  report(params: Params): string;
} & (Asked | Arriving);

export type Params = Readonly<Record<string, string>>;

/** An example that is run by `gluewright run`. */
export type Asked = {
  readonly pipeline: string;
  /** Parameters of the run, where the command line gives none. */
  readonly params: Params;
  /**
   * Puts the data into the local buckets.
   *
   * @param data the file of `--data`, if there is one
   */
  prepare(place: Place, data: string | undefined): void;
};

/** An example whose runs are started by what arrives, while `gluewright dev` runs. */
export type Arriving = {
  /** How many runs all of it makes. */
  readonly runs: number;
  arrive(place: Place): Promise<void>;
};

export type Place = {
  /** Writes an object of a local bucket. */
  put(address: string, content: string | Uint8Array): void;
  /** Waits, as the world does between two arrivals. */
  pause(milliseconds: number): Promise<void>;
  /** The same numbers each time. */
  readonly random: Random;
};
