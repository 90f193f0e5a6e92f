import type { DatabaseSync } from 'node:sqlite';
import { present } from '../../shared/json.ts';
import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { EventEntry } from '../events/event.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { transaction } from '../storage/transaction.ts';
import { createLiveWork } from '../work/live-work.ts';
import type { CrawlEnd, CrawlRunner } from './crawl-runner.ts';
import { type Crawl, openCrawlStore } from './crawl-store.ts';
import { crawlerOperations } from './crawler-operations.ts';
import { crawlerStateChange } from './crawler-state-change.ts';
import { openCrawlerStore } from './crawler-store.ts';

export type CrawlsOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly account: string;
  /** The crawlers of `jobs/jobs.yml`, by name. */
  readonly crawlers: ReadonlyMap<string, Crawler>;
  readonly runner: CrawlRunner;
  readonly emit: (entry: EventEntry) => void;
};

export interface Crawls extends Service {
  /** Reruns the crawls that an earlier process left open. A repeated crawl writes the same entries. */
  recover(): void;
  close(): void;
}

/** Glue's crawlers: those of the project, and those created with `CreateCrawler`. */
export function createCrawls({ database, clock, uuid, account, crawlers, runner, emit }: CrawlsOptions): Crawls {
  const store = openCrawlStore(database);
  const made = openCrawlerStore(database);
  const timers = createTimers(clock);
  const live = createLiveWork();

  const named = (name: string): Crawler => {
    const crawler = crawlers.get(name) ?? made.get(name);
    if (crawler !== undefined) return crawler;
    throw new ServiceError(
      'EntityNotFoundException',
      `Crawler ${name} not found: add it below \`crawlers\` in jobs/jobs.yml`,
    );
  };
  const runningOf = (crawler: string): Crawl | undefined => store.running().find((crawl) => crawl.crawler === crawler);

  function start(name: string): void {
    const crawler = named(name);
    if (runningOf(name) !== undefined) {
      throw new ServiceError('CrawlerRunningException', `Crawler with name ${name} has already started`);
    }
    const crawl: Crawl = { id: uuid(), crawler: name, state: 'RUNNING', startedOn: clock.now() };
    save(crawl);
    launch(crawl, crawler);
  }

  function launch(crawl: Crawl, crawler: Crawler): void {
    live.add(
      crawl.id,
      runner({ crawl, crawler }, (end) => timers.retryWrite(() => settle(crawl.id, end))),
    );
  }

  function settle(id: string, end: CrawlEnd): void {
    live.remove(id);
    const crawl = store.get(id);
    if (crawl === undefined || crawl.state !== 'RUNNING') return;
    const result = end.state === 'COMPLETED' ? end.result : undefined;
    const summary = result === undefined ? undefined : summaryOf(result);
    const errorMessage = end.state === 'FAILED' ? end.errorMessage : undefined;
    save({ ...crawl, state: end.state, endedOn: clock.now(), ...present({ summary, errorMessage }) }, end);
  }

  function save(crawl: Crawl, end?: CrawlEnd): void {
    const change = crawlerStateChange(crawl, account, end?.state === 'COMPLETED' ? end.result : undefined);
    transaction(database, () => {
      store.put(crawl);
      if (change !== undefined) emit(change);
    });
  }

  function stop(name: string): void {
    named(name);
    const crawl = runningOf(name);
    if (crawl === undefined) throw new ServiceError('CrawlerNotRunningException', `Crawler ${name} is not running`);
    if (crawl.stopping) throw new ServiceError('CrawlerStoppingException', `Crawler ${name} is stopping`);
    store.put({ ...crawl, stopping: true });
    live.stop(crawl.id);
    timers.after(0, () => {
      const now = store.get(crawl.id);
      if (now?.state === 'RUNNING') save({ ...now, state: 'STOPPED', endedOn: clock.now() });
    });
  }

  return {
    operations: crawlerOperations({ crawlers, made, store, named, runningOf, start, stop }),
    recover() {
      for (const crawl of store.running()) {
        const crawler = crawlers.get(crawl.crawler) ?? made.get(crawl.crawler);
        if (crawl.stopping === true) save({ ...crawl, state: 'STOPPED', endedOn: clock.now() });
        else if (crawler !== undefined) launch(crawl, crawler);
        else settle(crawl.id, { state: 'FAILED', errorMessage: `Crawler ${crawl.crawler} no longer exists` });
      }
    },
    close() {
      timers.cancelAll();
      live.stopAll();
    },
  };
}

function summaryOf({ tables, partitions }: Extract<CrawlEnd, { state: 'COMPLETED' }>['result']): string {
  const of = (counts: { readonly created: number; readonly updated: number }) => ({
    ADD: JSON.stringify({ Count: counts.created }),
    UPDATE: JSON.stringify({ Count: counts.updated }),
  });
  return JSON.stringify({ TABLE: of(tables), PARTITION: of(partitions) });
}
