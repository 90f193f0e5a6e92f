import path from 'node:path';
import type { CatalogStore } from '../catalog/catalog-store.ts';
import type { Clock } from '../clock/clock.ts';
import {
  type CrawlRunner,
  createFolderRunner,
  createSimulatedCrawls,
  type SimulateCrawl,
} from '../crawls/crawl-runner.ts';
import type { Simulate } from '../glue/simulated-runner.ts';
import { bucketsIn } from '../home/storage-root.ts';
import { pathOfKey } from '../s3/object-address.ts';
import type { S3 } from '../s3/s3.ts';

export type CrawlRunnerOptions = {
  readonly clock: Clock;
  readonly s3: S3;
  readonly catalog: CatalogStore;
  readonly home: string | undefined;
  readonly simulate?: Simulate;
  readonly simulateCrawl?: SimulateCrawl;
};

/** Crawls are simulated where jobs are, or where there are no files to read. */
export function createCrawlRunner(options: CrawlRunnerOptions): CrawlRunner {
  const { clock, s3, catalog, home, simulate, simulateCrawl } = options;
  if (home === undefined || simulate !== undefined || simulateCrawl !== undefined) {
    return createSimulatedCrawls(clock, simulateCrawl ?? (() => ({ seconds: 60 })));
  }
  const fileOf = (bucket: string, key: string) => path.join(bucketsIn(home), bucket, ...pathOfKey(key));
  return createFolderRunner({ s3, catalog, now: () => clock.now(), fileOf });
}
