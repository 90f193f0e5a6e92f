import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Crawl, CrawlStore } from './crawl-store.ts';
import type { CrawlerStore } from './crawler-store.ts';
import { parsePath } from './s3-path.ts';

const name = z.string().check(z.minLength(1), z.maxLength(255));
const path = z.string().check(z.refine((text) => parsePath(text) !== undefined, 'Member must be an S3 address'));
const target = z.object({ Path: path, Exclusions: z.optional(z.array(z.string())) });
const inputs = {
  named: z.object({ Name: name }),
  CreateCrawler: z.object({
    Name: name,
    Role: z.string(),
    DatabaseName: name,
    TablePrefix: z.optional(z.string()),
    Targets: z.object({ S3Targets: z.array(target).check(z.minLength(1)) }),
  }),
  ListCrawls: z.object({
    CrawlerName: name,
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
    NextToken: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
    Filters: z.optional(
      z.array(
        z.object({
          FieldName: z.enum(['CRAWL_ID', 'STATE', 'START_TIME', 'END_TIME']),
          FilterOperator: z.enum(['GT', 'GE', 'LT', 'LE', 'EQ', 'NE']),
          FieldValue: z.string(),
        }),
      ),
    ),
  }),
};

type Filter = NonNullable<z.infer<typeof inputs.ListCrawls>['Filters']>[number];

export function crawlerOperations(of: {
  readonly crawlers: ReadonlyMap<string, Crawler>;
  readonly made: CrawlerStore;
  readonly store: CrawlStore;
  readonly named: (name: string) => Crawler;
  readonly runningOf: (crawler: string) => Crawl | undefined;
  readonly start: (name: string) => void;
  readonly stop: (name: string) => void;
}): Service['operations'] {
  const all = (): Crawler[] => [...of.crawlers.values(), ...of.made.list()];

  function describe(crawler: Crawler): Record<string, unknown> {
    const running = of.runningOf(crawler.name);
    const last = of.store.of(crawler.name).find((crawl) => crawl.state !== 'RUNNING');
    return {
      Name: crawler.name,
      Role: 'arn:aws:iam::000000000000:role/local',
      DatabaseName: crawler.database,
      TablePrefix: crawler.tablePrefix,
      Targets: { S3Targets: crawler.paths.map((Path) => ({ Path, Exclusions: crawler.exclusions })) },
      State: running === undefined ? 'READY' : running.stopping === true ? 'STOPPING' : 'RUNNING',
      CrawlElapsedTime: 0,
      ...(last !== undefined && { LastCrawl: lastCrawl(last) }),
    };
  }

  return {
    async StartCrawler(input) {
      of.start(parse(inputs.named, input).Name);
      return {};
    },
    async StopCrawler(input) {
      of.stop(parse(inputs.named, input).Name);
      return {};
    },
    async GetCrawler(input) {
      return { Crawler: describe(of.named(parse(inputs.named, input).Name)) };
    },
    async GetCrawlers() {
      return { Crawlers: all().map(describe) };
    },
    async ListCrawlers() {
      return { CrawlerNames: all().map((crawler) => crawler.name) };
    },
    async CreateCrawler(input) {
      const { Name, DatabaseName, TablePrefix = '', Targets } = parse(inputs.CreateCrawler, input);
      if (of.crawlers.has(Name) || of.made.get(Name) !== undefined) {
        throw new ServiceError('AlreadyExistsException', `Crawler ${Name} already exists`);
      }
      of.made.put({
        name: Name,
        database: DatabaseName,
        tablePrefix: TablePrefix,
        paths: Targets.S3Targets.map((one) => one.Path),
        exclusions: Targets.S3Targets.flatMap((one) => one.Exclusions ?? []),
      });
      return {};
    },
    async DeleteCrawler(input) {
      const { Name } = parse(inputs.named, input);
      of.named(Name);
      if (of.crawlers.has(Name)) {
        throw new ServiceError(
          'InvalidInputException',
          `Crawler ${Name} is described in jobs/jobs.yml: remove it there`,
        );
      }
      if (of.runningOf(Name) !== undefined)
        throw new ServiceError('CrawlerRunningException', `Crawler ${Name} is running`);
      of.made.remove(Name);
      return {};
    },
    async ListCrawls(input) {
      const { CrawlerName, MaxResults = 20, NextToken = '0', Filters = [] } = parse(inputs.ListCrawls, input);
      of.named(CrawlerName);
      const from = Number(NextToken);
      const crawls = of.store.of(CrawlerName).filter((crawl) => Filters.every((filter) => passes(crawl, filter)));
      const next = from + MaxResults < crawls.length ? String(from + MaxResults) : undefined;
      return { Crawls: crawls.slice(from, from + MaxResults).map(history), ...present({ NextToken: next }) };
    },
  };
}

function lastCrawl(crawl: Crawl): Record<string, unknown> {
  return {
    Status: { COMPLETED: 'SUCCEEDED', FAILED: 'FAILED', STOPPED: 'CANCELLED', RUNNING: 'SUCCEEDED' }[crawl.state],
    StartTime: crawl.startedOn / 1_000,
    LogGroup: '/aws-glue/crawlers',
    LogStream: crawl.crawler,
    ...present({ ErrorMessage: crawl.errorMessage }),
  };
}

function history(crawl: Crawl): Record<string, unknown> {
  return {
    CrawlId: crawl.id,
    State: crawl.state,
    StartTime: crawl.startedOn / 1_000,
    ...present({
      EndTime: crawl.endedOn === undefined ? undefined : crawl.endedOn / 1_000,
      Summary: crawl.summary,
      ErrorMessage: crawl.errorMessage,
    }),
    LogGroup: '/aws-glue/crawlers',
    LogStream: crawl.crawler,
  };
}

/** Filters contain times as text, in epoch milliseconds. */
function passes(crawl: Crawl, { FieldName, FilterOperator, FieldValue }: Filter): boolean {
  const value = { CRAWL_ID: crawl.id, STATE: crawl.state, START_TIME: crawl.startedOn, END_TIME: crawl.endedOn }[
    FieldName
  ];
  if (value === undefined) return false;
  const wanted = typeof value === 'number' ? Number(FieldValue) : FieldValue;
  const order = value < wanted ? -1 : value > wanted ? 1 : 0;
  return { GT: order > 0, GE: order >= 0, LT: order < 0, LE: order <= 0, EQ: order === 0, NE: order !== 0 }[
    FilterOperator
  ];
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
