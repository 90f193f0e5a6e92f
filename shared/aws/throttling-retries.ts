import type { GlueClientConfig } from '@aws-sdk/client-glue';

type RetryStrategy = Exclude<NonNullable<GlueClientConfig['retryStrategy']>, { retry: unknown }>;

const retries = 5;
const firstDelay = 500;
const longestDelay = 8_000;

/**
 * Calls again what the service has refused for the rate of calls, and nothing else: StartJobRun has no idempotency token, and
 * after any other answer a second one could start a second run. A fan-out of jobs meets this limit early; its value is not
 * published. In all some 15 seconds: shorter than the functions' time-out.
 */
export function throttlingRetries(random: () => number): RetryStrategy {
  const token = (count: number) => ({
    getRetryCount: () => count,
    getRetryDelay: () =>
      count === 0 ? 0 : Math.round(Math.min(firstDelay * 2 ** (count - 1), longestDelay) * (0.5 + random() / 2)),
  });
  return {
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (used, { error, errorType }) => {
      if (errorType !== 'THROTTLING' || used.getRetryCount() >= retries) throw error ?? new Error('not tried again');
      return token(used.getRetryCount() + 1);
    },
    recordSuccess: () => {},
  };
}
