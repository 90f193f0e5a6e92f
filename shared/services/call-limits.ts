/**
 * How long a call of the SDK may take. Its own default is for ever, which in Lambda is the function's time-out: the
 * reconciler's is longer than an attempt's lease, and a StartJobRun that outlives its lease might be the second.
 */
export type CallLimits = {
  /** Milliseconds, until the connection stands. */
  readonly connect: number;
  /** Milliseconds, from there to the answer, and between two parts of it. */
  readonly answer: number;
  /** The first included. */
  readonly attempts: number;
};

export const callLimits = {
  /** DynamoDB answers in milliseconds; what has not come after seconds comes sooner by another connection. */
  ledger: { connect: 1_000, answer: 3_000, attempts: 3 },
  /** Best effort: whoever has something to say does not wait for a bus that does not answer. */
  events: { connect: 500, answer: 1_000, attempts: 1 },
  states: { connect: 1_000, answer: 10_000, attempts: 3 },
  logs: { connect: 1_000, answer: 5_000, attempts: 3 },
  objects: { connect: 1_000, answer: 10_000, attempts: 3 },
  /** Of the services that tasks run on. Tried again only when it was refused: see `throttling-retries.ts`. */
  work: { connect: 1_000, answer: 15_000, attempts: 1 },
} as const satisfies Readonly<Record<string, CallLimits>>;

/** As a client's configuration has it. An answer that does not come is a `TimeoutError` without a status: ambiguous. */
export function requestHandler({ connect, answer }: CallLimits) {
  return { connectionTimeout: connect, requestTimeout: answer, socketTimeout: answer, throwOnRequestTimeout: true };
}

/** The standard strategy's pauses: half a second and a second at most, where the service is busy. */
const pauses = 1_500;

/** Milliseconds that a call takes at worst, with all its attempts. */
export function longestCall({ connect, answer, attempts }: CallLimits): number {
  return attempts * (connect + answer) + (attempts > 1 ? pauses : 0);
}
