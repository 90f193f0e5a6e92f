import * as z from 'zod/mini';
import { present } from '../json.ts';
import { about, field, oneOf } from '../reading/fields.ts';
import { readCrawlerStateChange } from './crawler-state-change.ts';
import { crawlOf, crawls, lastCrawl, oneCrawler } from './crawls.ts';
import type { TaskKind } from './task-kind.ts';

const ways = ['wait', 'join', 'fail'] as const;

const work = z.object({ kind: z.literal('crawler'), crawler: z.string(), running: z.enum(ways) });
export type CrawlerWork = z.output<typeof work>;

const crawlerName = field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a Glue crawler, 1 to 255 letters',
  remedy: 'name a crawler that exists in the account',
});

const fields = {
  crawler: crawlerName,
  running: about(
    'Where the crawler runs already: wait for its end and crawl then, join that crawl, or fail',
    oneOf(ways),
  ),
};
const schema = z.object(fields);

/** Glue's clock and ours: a crawl of ours may seem to have begun a little before it was asked for. */
const skewMilliseconds = 5_000;

/**
 * A crawl of a Glue crawler. `StartCrawler` answers with nothing, and events name the crawler only; but a crawler runs one
 * crawl at a time. So a crawl is known by when it began, which is what its id starts with, and whose it is by the ledger.
 */
export const crawler = {
  kind: 'crawler',
  service: 'Glue',
  file: {
    fields,
    words: ['gluecrawler', 'crawl', 'crawlername', 'startcrawler'],
    expressions: [],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { crawler, running = 'wait' } = read.data;
      return { kind: 'crawler', crawler, running };
    },
    check() {},
    values: () => null,
    noOutput: () => 'a crawler writes tables, and has none',
  },
  things: { crawler: { service: 'glue', resource: (name) => `crawler/${name}` } },
  uses: ({ crawler: name }) => [{ what: 'crawler', name }],
  renamed: (work, rename) => ({ ...work, crawler: rename({ what: 'crawler', name: work.crawler }) }),
  runs: {
    by: 'token',
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
        // newest first: behind one that is too old, or one that does not run, there is none
        const more = NextToken !== undefined && !joins && young.length === Crawls.length;
        return { items, ...(more ? { next: NextToken } : {}) };
      },
    },
    ask: {
      call: (Name) => ({ call: 'glue:GetCrawler', input: { Name } }),
      read(answer, _, id) {
        const { Crawler } = oneCrawler.parse(answer);
        const began = Date.parse(id.slice(0, id.indexOf('/')));
        const last = Crawler?.LastCrawl;
        if (last?.StartTime !== undefined && last.StartTime.getTime() >= began - skewMilliseconds) {
          return { ...lastCrawl(last), id };
        }
        const says = Crawler?.State ?? 'UNKNOWN';
        if (says === 'READY') return 'gone';
        return { id, state: { is: 'open', says, ...(says === 'STOPPING' ? { stopping: true } : {}) }, times: {} };
      },
    },
    stop: { atOnce: 1, call: (Name) => ({ call: 'glue:StopCrawler', input: { Name } }) },
    event: {
      // whether there is an event of a crawl that was cancelled, and what it says, is not documented
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

function idOf(began: number, run: string, task: string): string {
  return `${new Date(began).toISOString()}/${run}/${task}`;
}
