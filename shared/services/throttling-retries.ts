import type { GlueClientConfig } from '@aws-sdk/client-glue';

type RetryStrategy = Exclude<NonNullable<GlueClientConfig['retryStrategy']>, { retry: unknown }>;

const retries = 5;
const firstDelay = 500;
const longestDelay = 8_000;

/** Milliseconds from the first call on, in which a last one may begin. */
export const patience = 20_000;

/**
 * Calls again what the service has refused for the rate of calls, and nothing else: StartJobRun has no idempotency token, and
 * after any other answer a second one could start a second run. A fan-out of jobs meets this limit early; its value is not
 * published. The pauses are some 15 seconds in all: shorter than the functions' time-out.
 */
export function throttlingRetries(random: () => number, clock: () => number): RetryStrategy {
  const token = (count: number, since: number) => {
    const delay =
      count === 0 ? 0 : Math.round(Math.min(firstDelay * 2 ** (count - 1), longestDelay) * (0.5 + random() / 2));
    return { since, getRetryCount: () => count, getRetryDelay: () => delay };
  };
  return {
    acquireInitialRetryToken: async () => token(0, clock()),
    refreshRetryTokenForRetry: async (used, { error, errorType }) => {
      const refused = error ?? new Error('not tried again');
      if (errorType !== 'THROTTLING' || used.getRetryCount() >= retries) throw refused;
      const now = clock();
      const since = 'since' in used && typeof used.since === 'number' ? used.since : now;
      const next = token(used.getRetryCount() + 1, since);
      if (now + next.getRetryDelay() > since + patience) throw refused;
      return next;
    },
    recordSuccess: () => {},
  };
}
