import { callLimits, requestHandler } from '../services/call-limits.ts';

/** How long and how often a client of a service tries. */
export function limited(service: keyof typeof callLimits) {
  const limits = callLimits[service];
  return { maxAttempts: limits.attempts, requestHandler: requestHandler(limits) };
}
