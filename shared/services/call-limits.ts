/**
 * Time limits for calls of the SDK. By default the SDK waits for ever, which in Lambda means until the function's
 * timeout. The reconciler's is longer than an attempt's lease, and a StartJobRun that outlives its lease might start
 * a second run.
 */
export type CallLimits = {
  /** Milliseconds for connecting. */
  readonly connect: number;
  /** Milliseconds from the connection to the answer, and between two parts of it. */
  readonly answer: number;
  /** Including the first try. */
  readonly attempts: number;
};

export const callLimits = {
  /** DynamoDB answers in milliseconds. After seconds, a new connection is faster than waiting. */
  ledger: { connect: 1_000, answer: 3_000, attempts: 3 },
  /** Best effort: nothing waits for a bus that does not answer. */
  events: { connect: 500, answer: 1_000, attempts: 1 },
  states: { connect: 1_000, answer: 10_000, attempts: 3 },
  logs: { connect: 1_000, answer: 5_000, attempts: 3 },
  notifications: { connect: 1_000, answer: 5_000, attempts: 2 },
  objects: { connect: 1_000, answer: 10_000, attempts: 3 },
  /** For the services that run tasks. Only refused calls are tried again: see `throttling-retries.ts`. */
  work: { connect: 1_000, answer: 15_000, attempts: 1 },
} as const satisfies Readonly<Record<string, CallLimits>>;

/** A client's settings. A missing answer is a `TimeoutError` without a status: ambiguous. */
export function requestHandler({ connect, answer }: CallLimits) {
  return { connectionTimeout: connect, requestTimeout: answer, socketTimeout: answer, throwOnRequestTimeout: true };
}

/** Pauses of the SDK's standard strategy: at most half a second, or a second when the service is busy. */
const pauses = 1_500;

/** The longest time that a call takes with all its attempts, in milliseconds. */
export function longestCall({ connect, answer, attempts }: CallLimits): number {
  return attempts * (connect + answer) + (attempts > 1 ? pauses : 0);
}
