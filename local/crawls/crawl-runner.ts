import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { Data } from '../sql/table-source.ts';
import { type Runner, runnerOf } from '../work/runner.ts';
import { type CrawlResult, crawl } from './crawl.ts';
import type { Crawl } from './crawl-store.ts';

export type CrawlEnd =
  | { readonly state: 'COMPLETED'; readonly result: CrawlResult }
  | { readonly state: 'FAILED'; readonly errorMessage: string };

export type StartedCrawl = { readonly crawl: Crawl; readonly crawler: Crawler };
export type CrawlRunner = Runner<StartedCrawl, CrawlEnd>;

/** Crawls the folders of the local buckets. */
export function createFolderRunner(data: Data): CrawlRunner {
  return runnerOf<StartedCrawl, CrawlEnd>(
    async ({ crawler }, signal) => ({ state: 'COMPLETED', result: await crawl(crawler, data, signal) }),
    (errorMessage) => ({ state: 'FAILED', errorMessage }),
  );
}

/** What a simulated crawl does. After a restart, the same crawl must get the same answer. */
export type SimulateCrawl = (crawl: Crawl) => { readonly seconds: number; readonly errorMessage?: string };

const nothing: CrawlResult = { tables: { created: 0, updated: 0 }, partitions: { created: 0, updated: 0 } };

/** Crawls nothing: only the given time passes on the clock. */
export function createSimulatedCrawls(clock: Clock, simulate: SimulateCrawl): CrawlRunner {
  const timers = createTimers(clock);
  return ({ crawl: started }, report) => {
    const { seconds, errorMessage } = simulate(started);
    return timers.at(started.startedOn + seconds * 1_000, () =>
      report(errorMessage === undefined ? { state: 'COMPLETED', result: nothing } : { state: 'FAILED', errorMessage }),
    );
  };
}
