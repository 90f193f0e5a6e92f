import type { Random } from './random.ts';

/** What an example needs besides its project folder. */
export type Example = {
  /** One sentence for `npm run example`. */
  readonly about: string;
  /** The report's address in S3, for the run's parameters. */
  report(params: Params): string;
} & (Asked | Arriving);

export type Params = Readonly<Record<string, string>>;

/** An example that is run by `gluewright run`. */
export type Asked = {
  readonly pipeline: string;
  /** The run's parameters, unless the command line sets them. */
  readonly params: Params;
  /** Tasks that wait for an approval, in their order. The runner approves them. */
  readonly approvals?: readonly string[];
  /**
   * Puts the data into the local buckets.
   *
   * @param data the file of `--data`, if there is one
   */
  prepare(place: Place, data: string | undefined): void;
};

/** An example whose runs are started by arrivals while `gluewright dev` runs. */
export type Arriving = {
  /** The number of runs. */
  readonly runs: number;
  arrive(place: Place): Promise<void>;
};

export type Place = {
  /** Writes an object of a local bucket. */
  put(address: string, content: string | Uint8Array): void;
  /** Waits between two arrivals. */
  pause(milliseconds: number): Promise<void>;
  /** Repeats the same numbers each time. */
  readonly random: Random;
};
