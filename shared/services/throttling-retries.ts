import type { GlueClientConfig } from '@aws-sdk/client-glue';

type RetryStrategy = Exclude<NonNullable<GlueClientConfig['retryStrategy']>, { retry: unknown }>;

const retries = 5;
const firstDelay = 500;
const longestDelay = 8_000;

/** Milliseconds from the first call within which the last one may begin. */
export const patience = 20_000;

/**
 * Retries only calls that the service refused for their rate. StartJobRun has no idempotency token, so after any
 * other answer a second call could start a second run. A fan-out of jobs soon meets this limit, whose value is not
 * published. The pauses add up to some 15 seconds, less than the functions' timeout.
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
