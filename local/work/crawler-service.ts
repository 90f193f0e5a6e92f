import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart, Works } from './counterpart.ts';
import { hasEnded, type LocalWork } from './local-work.ts';

const name = z.string().check(z.minLength(1), z.maxLength(255));
const inputs = {
  named: z.object({ Name: name }),
  list: z.object({ CrawlerName: name, MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(100))) }),
};

/** The longest list of crawls that is returned. */
const most = 100;

/** Glue crawlers for simulations, and for tasks with a local replacement. */
export const crawlerService: Counterpart = {
  service: 'AWSGlue',
  integration: 'glue',
  operations(works, now) {
    const named = (input: unknown): string => {
      const { Name } = parse(inputs.named, input);
      if (!works.isKnown(Name)) throw notFound(Name);
      return Name;
    };
    return {
      async StartCrawler(input) {
        const Name = named(input);
        if (running(works, Name) !== undefined) {
          throw new ServiceError('CrawlerRunningException', `Crawler with name ${Name} has already started`);
        }
        works.start(Name, { Name });
        return {};
      },
      async StopCrawler(input) {
        const Name = named(input);
        const work = running(works, Name);
        if (work === undefined) {
          throw new ServiceError('CrawlerNotRunningException', `Crawler with name ${Name} isn't running`);
        }
        works.stop(work.id);
        return {};
      },
      async GetCrawler(input) {
        const Name = named(input);
        const work = running(works, Name);
        const last = works.of(Name, 2).find(hasEnded);
        const elapsed = work === undefined ? 0 : now() - work.startedOn;
        const LastCrawl = last === undefined ? undefined : describeLast(last);
        const State = work === undefined ? 'READY' : 'RUNNING';
        return { Crawler: { Name, State, CrawlElapsedTime: elapsed, ...present({ LastCrawl }) } };
      },
      async ListCrawls(input) {
        const { CrawlerName, MaxResults = 20 } = parse(inputs.list, input);
        if (!works.isKnown(CrawlerName)) throw notFound(CrawlerName);
        return { Crawls: works.of(CrawlerName, Math.min(MaxResults, most)).map(describe) };
      },
    };
  },
  event(work) {
    const { name: crawlerName, state } = work;
    const detail = { accountId: '000000000000', crawlerName };
    const entry = { source: 'aws.glue', detailType: 'Glue Crawler State Change' };
    switch (state) {
      case 'running':
        return { ...entry, detail: { ...detail, state: 'Started', message: 'Crawler Started' } };
      case 'succeeded':
        return { ...entry, detail: { ...detail, state: 'Succeeded', message: 'Crawler Succeeded' } };
      case 'failed':
        return { ...entry, detail: { ...detail, state: 'Failed', ...present({ errorMessage: work.message }) } };
      default:
        // Glue documents no event for a cancelled crawl.
        return undefined;
    }
  },
};

function running(works: Works, crawler: string): LocalWork | undefined {
  return works.of(crawler, 1).find((work) => !hasEnded(work));
}

const listed = {
  running: 'RUNNING',
  stopping: 'RUNNING',
  succeeded: 'COMPLETED',
  failed: 'FAILED',
  timed_out: 'FAILED',
  stopped: 'STOPPED',
};
const last = { ...listed, succeeded: 'SUCCEEDED', stopped: 'CANCELLED' };

function describe({ id, state, startedOn, endedOn, message }: LocalWork) {
  const times = { StartTime: startedOn / 1_000, EndTime: endedOn === undefined ? undefined : endedOn / 1_000 };
  return { CrawlId: id, State: listed[state], ...present({ ...times, ErrorMessage: message }) };
}

function describeLast({ state, startedOn, message }: LocalWork) {
  return { Status: last[state], StartTime: startedOn / 1_000, ...present({ ErrorMessage: message }) };
}

function notFound(crawler: string): ServiceError {
  return new ServiceError(
    'EntityNotFoundException',
    `Crawler ${crawler} not found: add a \`local:\` replacement to its task`,
  );
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
