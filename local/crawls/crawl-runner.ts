import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import { type CrawlOptions, type CrawlResult, crawl } from './crawl.ts';
import type { Crawl } from './crawl-store.ts';

export type CrawlEnd =
  | { readonly state: 'COMPLETED'; readonly result: CrawlResult }
  | { readonly state: 'FAILED'; readonly errorMessage: string };

export interface CrawlRunner {
  /** @param end told once, unless the runner was closed before */
  run(crawl: Crawl, crawler: Crawler, isStopped: () => boolean, end: (end: CrawlEnd) => void): void;
  close(): void;
}

const nothing: CrawlResult = { tables: { created: 0, updated: 0 }, partitions: { created: 0, updated: 0 } };

/** Crawls the folders of the local buckets. */
export function createFolderRunner(options: Omit<CrawlOptions, 'isStopped'>): CrawlRunner {
  let closed = false;
  return {
    run(_, crawler, isStopped, end) {
      void crawl(crawler, { ...options, isStopped: () => closed || isStopped() })
        .then((result): CrawlEnd => ({ state: 'COMPLETED', result }))
        .catch((error: unknown): CrawlEnd => ({ state: 'FAILED', errorMessage: messageOf(error) }))
        .then((result) => {
          if (!closed) end(result);
        });
    },
    close() {
      closed = true;
    },
  };
}

/** What a simulated crawl does. It must come out the same when it is asked for again after a restart. */
export type SimulateCrawl = (crawl: Crawl) => { readonly seconds: number; readonly errorMessage?: string };

/** Crawls nothing: the given durations pass on the clock. */
export function createSimulatedCrawls(clock: Clock, simulate: SimulateCrawl): CrawlRunner {
  const timers = createTimers(clock);
  return {
    run(started, _, __, end) {
      const { seconds, errorMessage } = simulate(started);
      timers.at(started.startedOn + seconds * 1_000, () =>
        end(errorMessage === undefined ? { state: 'COMPLETED', result: nothing } : { state: 'FAILED', errorMessage }),
      );
    },
    close: () => timers.cancelAll(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
