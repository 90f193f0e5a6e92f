import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import { type Athena, createAthena } from '../athena/athena.ts';
import { createSimulatedQueries, createSqlRunner, type SimulateQuery } from '../athena/query-runner.ts';
import { catalogOperations } from '../catalog/catalog-operations.ts';
import { openCatalogStore } from '../catalog/catalog-store.ts';
import type { Clock } from '../clock/clock.ts';
import { createFolderRunner, createSimulatedCrawls, type SimulateCrawl } from '../crawls/crawl-runner.ts';
import { createCrawls } from '../crawls/crawls.ts';
import { createDataQuality } from '../data-quality/data-quality.ts';
import {
  createSimulatedEvaluations,
  createSqlEvaluations,
  type SimulateEvaluation,
} from '../data-quality/evaluation-runner.ts';
import type { EventEntry } from '../events/event.ts';
import { bucketsIn } from '../home/storage-root.ts';
import { pathOfKey } from '../s3/object-address.ts';
import type { S3 } from '../s3/s3.ts';
import type { Service } from '../service/service.ts';
import { account } from './account.ts';

/** What the data services do where nothing is read. Default: each piece of work takes a minute. */
export type SimulateData = {
  readonly crawl?: SimulateCrawl;
  readonly query?: SimulateQuery;
  readonly evaluation?: SimulateEvaluation;
};

export type DataServicesOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly s3: S3;
  readonly home: string | undefined;
  readonly crawlers: ReadonlyMap<string, Crawler>;
  readonly rulesets: ReadonlyMap<string, string>;
  /** Absent: DuckDB reads the local buckets. */
  readonly simulate: SimulateData | undefined;
  readonly outputBucket: string;
  readonly emit: (entry: EventEntry) => void;
};

/** The services that stand on the Data Catalog. */
export type DataServices = {
  /** Operations of Glue beside those of jobs. */
  readonly glue: Service['operations'];
  readonly athena: Athena;
  /** Begins interrupted work anew: it comes out the same however often it is done. */
  recover(): void;
  close(): void;
};

const aMinute = () => ({ seconds: 60 });

export function createDataServices(options: DataServicesOptions): DataServices {
  const { database, clock, uuid, s3, home, crawlers, rulesets, outputBucket, emit } = options;
  const now = () => clock.now();
  const catalog = openCatalogStore(database);
  // In memory there are no files that DuckDB could read.
  const simulate = options.simulate ?? (home === undefined ? {} : undefined);
  const fileOf = (bucket: string, key: string) => path.join(bucketsIn(home ?? ''), bucket, ...pathOfKey(key));
  const data = { s3, catalog, now, fileOf };
  const crawls = createCrawls({
    database,
    clock,
    uuid,
    account,
    crawlers,
    runner: simulate === undefined ? createFolderRunner(data) : createSimulatedCrawls(clock, simulate.crawl ?? aMinute),
    emit,
  });
  const athena = createAthena({
    database,
    clock,
    uuid,
    s3,
    outputBucket,
    runner: simulate === undefined ? createSqlRunner(data) : createSimulatedQueries(clock, simulate.query ?? aMinute),
    emit,
  });
  const quality = createDataQuality({
    database,
    clock,
    uuid,
    account,
    rulesets,
    runner:
      simulate === undefined
        ? createSqlEvaluations(data)
        : createSimulatedEvaluations(clock, simulate.evaluation ?? aMinute),
    emit,
  });
  return {
    glue: { ...crawls.operations, ...quality.operations, ...catalogOperations(catalog, now) },
    athena,
    recover() {
      crawls.recover();
      athena.recover();
      quality.recover();
    },
    close() {
      crawls.close();
      athena.close();
      quality.close();
    },
  };
}
