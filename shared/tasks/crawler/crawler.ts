import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { about, field, oneOf } from '../../reading/fields.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { readCrawlerStateChange } from './crawler-state-change.ts';
import { crawlOf, crawls, lastCrawl, oneCrawler } from './crawls.ts';

const ways = ['wait', 'join', 'fail'] as const;

const work = z.object({ kind: z.literal('crawler'), crawler: z.string(), running: z.enum(ways) });
export type CrawlerWork = z.output<typeof work>;

const crawlerName = field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a Glue crawler, 1 to 255 letters',
  remedy: 'name a crawler of jobs/jobs.yml, or one of the account',
  examples: ['raw'],
});

const fields = {
  crawler: crawlerName,
  running: about(
    'Where the crawler runs already: wait for its end and crawl then, join that crawl, or fail',
    oneOf(ways),
  ),
};
const schema = z.object(fields);

/** Remedy for keys of a crawler's description. */
const described = 'write it below the crawler in `crawlers:` of jobs/jobs.yml';

/** Glue's clock may differ from ours: a crawl may seem to begin slightly before its request. */
const skewMilliseconds = 5_000;

/**
 * A crawl of a Glue crawler. `StartCrawler` returns nothing and events name only the crawler, but a crawler runs one
 * crawl at a time. So a crawl's id is made of its start time, and the ledger knows its owner.
 */
export const crawler = {
  kind: 'crawler',
  service: 'Glue',
  file: {
    fields,
    words: ['gluecrawler', 'crawl', 'crawlername', 'startcrawler'],
    habits: {
      ...{ database: described, path: described, paths: described, tableprefix: described, exclude: described },
      ...{ args: 'remove it: a crawler takes no arguments', schedule: 'remove it: the task starts the crawler' },
    },
    expressions: [],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { crawler, running = 'wait' } = read.data;
      return { kind: 'crawler', crawler, running };
    },
    check() {},
    values: () => null,
    noOutput: () => 'a crawler only writes tables',
  },
  things: { crawler: { service: 'glue', resource: (name) => `crawler/${name}` } },
  uses: ({ crawler: name }) => [{ what: 'crawler', name }],
  renamed: (work, rename) => ({ ...work, crawler: rename({ what: 'crawler', name: work.crawler }) }),
  runs: {
    by: 'service',
    work,
    name: ({ crawler }) => crawler,
    isMarked: () => false,
    alone: { busy: ['CrawlerRunningException'], whenBusy: ({ running }) => running },
    begin: ({ work: { crawler: Name } }) => ({ call: 'glue:StartCrawler', input: { Name } }),
    begun: (_, { tried, run, task }) => idOf(tried, run, task),
    find: {
      call: ({ work: { crawler: CrawlerName } }, NextToken) => ({
        call: 'glue:ListCrawls',
        input: { CrawlerName, MaxResults: 100, ...present({ NextToken }) },
      }),
      read(answer, { joins, tried, run, task }) {
        const { Crawls = [], NextToken } = crawls.parse(answer);
        const since = joins ? Number.NEGATIVE_INFINITY : tried - skewMilliseconds;
        const young = Crawls.filter(({ StartTime }) => StartTime.getTime() >= since);
        const meant = joins ? young.filter(({ State }) => State === 'RUNNING').slice(0, 1) : young.toReversed();
        const items = meant.map((crawl) => ({ ...crawlOf(crawl), id: idOf(crawl.StartTime.getTime(), run, task) }));
        // newest first: after one that is too old or has ended, there is no other
        const more = NextToken !== undefined && !joins && young.length === Crawls.length;
        return { items, ...(more ? { next: NextToken } : {}) };
      },
    },
    ask: {
      call: (Name) => ({ call: 'glue:GetCrawler', input: { Name } }),
      read(answer, { id }) {
        const { Crawler } = oneCrawler.parse(answer);
        const began = Date.parse(id.slice(0, id.indexOf('/')));
        const says = Crawler?.State ?? 'UNKNOWN';
        const last = Crawler?.LastCrawl;
        const start = last?.StartTime?.getTime();
        // While a crawl runs, it may be ours, and the last one may have ended just before.
        const since = says === 'READY' || start === undefined ? began - skewMilliseconds : asPreciseAs(start, began);
        if (last !== undefined && start !== undefined && start >= since) return { ...lastCrawl(last), id };
        if (says === 'READY') return 'gone';
        return { id, state: { is: 'open', says, ...(says === 'STOPPING' ? { stopping: true } : {}) }, times: {} };
      },
    },
    stop: { atOnce: 1, call: (Name) => ({ call: 'glue:StopCrawler', input: { Name } }) },
    event: {
      // whether cancelled crawls have an event, and which, is not documented
      pattern: {
        source: ['aws.glue'],
        'detail-type': ['Glue Crawler State Change'],
        detail: { state: [{ 'anything-but': ['Started'] }] },
      },
      read: readCrawlerStateChange,
    },
    refused: [],
    gone: ['EntityNotFoundException'],
    sends: [
      { call: 'glue:StartCrawler', on: 'crawler', begins: true },
      { call: 'glue:GetCrawler', on: 'crawler' },
      { call: 'glue:StopCrawler', on: 'crawler' },
      { call: 'glue:ListCrawls', on: 'crawler' },
    ],
    errors: { failed: 'Glue.CrawlFailed', timedOut: 'Glue.CrawlTimedOut', stopped: 'Glue.CrawlStopped' },
  },
} as const satisfies TaskKind<CrawlerWork>;

/** Glue may state whole seconds. */
function asPreciseAs(start: number, time: number): number {
  return start % 1_000 === 0 ? time - (time % 1_000) : time;
}

function idOf(began: number, run: string, task: string): string {
  return `${new Date(began).toISOString()}/${run}/${task}`;
}
