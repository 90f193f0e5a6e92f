import type { Check } from './check.ts';
import { dataQuality } from './data-quality.ts';
import { earlyCallback } from './early-callback.ts';
import { eventDelay } from './event-delay.ts';
import { jobEvents } from './job-events.ts';
import { redrive } from './redrive.ts';
import { retryEvents } from './retry-events.ts';
import { s3Keys } from './s3-keys.ts';
import { secondCallback } from './second-callback.ts';
import { slotLag } from './slot-lag.ts';
import { startRefusals } from './start-refusals.ts';
import { stoppedCrawler } from './stopped-crawler.ts';
import { throttling } from './throttling.ts';
import { versionMetrics } from './version-metrics.ts';

/** All checks, in order. The one that provokes throttling is last, so that it does not disturb the others. */
export const checks: readonly Check[] = [
  jobEvents,
  eventDelay,
  startRefusals,
  slotLag,
  earlyCallback,
  secondCallback,
  redrive,
  retryEvents,
  s3Keys,
  stoppedCrawler,
  dataQuality,
  versionMetrics,
  throttling,
];
