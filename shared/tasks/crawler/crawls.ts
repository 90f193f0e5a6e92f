import type { CrawlerHistoryState, LastCrawlStatus } from '@aws-sdk/client-glue';
import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { SeenWork, WorkEnd, WorkState } from '../kind/work-state.ts';

/** Crawls in Glue's answers: the fields that we read. */
const crawl = z.object({
  State: z.optional(z.string()),
  StartTime: z.date(),
  EndTime: z.optional(z.date()),
  ErrorMessage: z.optional(z.string()),
  DPUHour: z.optional(z.number()),
});

/** The answer of `ListCrawls`. */
export const crawls = z.object({ Crawls: z.optional(z.array(crawl)), NextToken: z.optional(z.string()) });

const last = z.object({
  Status: z.optional(z.string()),
  StartTime: z.optional(z.date()),
  ErrorMessage: z.optional(z.string()),
});

/** The answer of `GetCrawler`. */
export const oneCrawler = z.object({
  Crawler: z.optional(z.object({ State: z.optional(z.string()), LastCrawl: z.optional(last) })),
});

type Seen = Omit<SeenWork, 'id'>;

/** Glue uses different words for the same state in the two answers. */
const listed = {
  RUNNING: 'open',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'stopped',
} as const satisfies Record<CrawlerHistoryState, WorkEnd | 'open'>;

const ended = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'stopped',
} as const satisfies Record<LastCrawlStatus, WorkEnd>;

export function crawlOf({
  State = 'UNKNOWN',
  StartTime,
  EndTime,
  ErrorMessage,
  DPUHour,
}: z.output<typeof crawl>): Seen {
  const startedOn = StartTime.getTime();
  const completedOn = EndTime?.getTime();
  return {
    state: stateOf(listed, State, ErrorMessage),
    times: {
      startedOn,
      ...present({
        completedOn,
        executionSeconds: completedOn === undefined ? undefined : Math.round((completedOn - startedOn) / 1_000),
        dpuSeconds: DPUHour === undefined ? undefined : Math.round(DPUHour * 3_600),
      }),
    },
  };
}

export function lastCrawl({ Status = 'UNKNOWN', StartTime, ErrorMessage }: z.output<typeof last>): Seen {
  return { state: stateOf(ended, Status, ErrorMessage), times: present({ startedOn: StartTime?.getTime() }) };
}

/** An unknown word counts as open, so that we ask again. */
function stateOf(
  words: Readonly<Record<string, WorkEnd | 'open'>>,
  says: string,
  message: string | undefined,
): WorkState {
  const is = Object.hasOwn(words, says) ? (words[says] ?? 'open') : 'open';
  return is === 'open' ? { is, says } : { is, says, ...present({ message }) };
}
