import type { EventEntry } from '../events/event.ts';
import type { CrawlResult } from './crawl.ts';
import type { Crawl } from './crawl-store.ts';

const logs = 'https://console.aws.amazon.com/cloudwatch/home#logEventViewer:group=/aws-glue/crawlers';

/**
 * `Glue Crawler State Change`. Its counters are strings. Glue documents no event for a stopped crawl, so none is sent.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
 */
export function crawlerStateChange(
  crawl: Crawl,
  account: string,
  result: CrawlResult | undefined,
): EventEntry | undefined {
  const common = { accountId: account, crawlerName: crawl.crawler };
  const detail = {
    RUNNING: { ...common, state: 'Started', startTime: iso(crawl.startedOn), message: 'Crawler Started' },
    COMPLETED: {
      ...common,
      state: 'Succeeded',
      message: 'Crawler Succeeded',
      completionDate: iso(crawl.endedOn ?? crawl.startedOn),
      'runningTime (sec)': String(Math.round(((crawl.endedOn ?? crawl.startedOn) - crawl.startedOn) / 1_000)),
      tablesCreated: String(result?.tables.created ?? 0),
      tablesUpdated: String(result?.tables.updated ?? 0),
      tablesDeleted: '0',
      partitionsCreated: String(result?.partitions.created ?? 0),
      partitionsUpdated: String(result?.partitions.updated ?? 0),
      partitionsDeleted: '0',
      warningMessage: 'N/A',
      cloudWatchLogLink: logs,
    },
    FAILED: {
      ...common,
      state: 'Failed',
      message: 'Crawler Failed',
      errorMessage: crawl.errorMessage ?? '',
      cloudWatchLogLink: logs,
    },
    STOPPED: undefined,
  }[crawl.state];
  return detail === undefined ? undefined : { source: 'aws.glue', detailType: 'Glue Crawler State Change', detail };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
