import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import { type Athena, createAthena } from '../athena/athena.ts';
import { createSimulatedQueries, createSqlRunner, type SimulateQuery } from '../athena/query-runner.ts';
import type { QueryData } from '../athena/statements/context.ts';
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
import { account } from '../service/account.ts';
import type { Service } from '../service/service.ts';
import { createSql } from '../sql/duckdb.ts';

/** What simulated data services do. By default each piece of work takes a minute. */
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
  /** Absent: DuckDB does the work on the local buckets. */
  readonly simulate: SimulateData | undefined;
  readonly outputBucket: string;
  readonly emit: (entry: EventEntry) => void;
};

/** The services that use the Data Catalog. */
export type DataServices = {
  /** Glue's operations, except those of jobs. */
  readonly glue: Service['operations'];
  readonly athena: Athena;
  /** Reruns interrupted work. Repeating it is harmless. */
  recover(): void;
  close(): void;
};

const aMinute = () => ({ seconds: 60 });

export function createDataServices(options: DataServicesOptions): DataServices {
  const { database, clock, uuid, s3, home, crawlers, rulesets, outputBucket, emit } = options;
  const now = () => clock.now();
  const catalog = openCatalogStore(database);
  // DuckDB reads files, and there are none in memory.
  const simulate = options.simulate ?? (home === undefined ? {} : undefined);
  const runners =
    simulate === undefined
      ? duckdbRunners({ s3, catalog, now }, path.resolve(bucketsIn(home ?? '')))
      : simulatedRunners(clock, simulate);
  const common = { database, clock, uuid, account, emit };
  const crawls = createCrawls({ ...common, crawlers, runner: runners.crawls });
  const athena = createAthena({ ...common, s3, outputBucket, runner: runners.queries });
  const quality = createDataQuality({ ...common, rulesets, runner: runners.evaluations });
  const all = [crawls, athena, quality];
  return {
    glue: { ...crawls.operations, ...quality.operations, ...catalogOperations(catalog, now) },
    athena,
    recover() {
      for (const service of all) service.recover();
    },
    close() {
      for (const service of all) service.close();
    },
  };
}

function duckdbRunners(of: Pick<QueryData, 's3' | 'catalog' | 'now'>, buckets: string) {
  const fileOf = (bucket: string, key: string) => path.join(buckets, bucket, ...pathOfKey(key));
  const data = { ...of, fileOf, useSql: createSql([buckets]) };
  return {
    crawls: createFolderRunner(data),
    queries: createSqlRunner(data),
    evaluations: createSqlEvaluations(data),
  };
}

function simulatedRunners(clock: Clock, { crawl, query, evaluation }: SimulateData) {
  return {
    crawls: createSimulatedCrawls(clock, crawl ?? aMinute),
    queries: createSimulatedQueries(clock, query ?? aMinute),
    evaluations: createSimulatedEvaluations(clock, evaluation ?? aMinute),
  };
}
