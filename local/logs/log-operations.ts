import * as z from 'zod/mini';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { compileFilter } from './filter-pattern.ts';
import type { LogEvent, LogSource, LogStream } from './log-source.ts';

const page = z.object({ nextToken: z.optional(z.string()), limit: z.optional(z.int()) });
const times = z.object({ startTime: z.optional(z.number()), endTime: z.optional(z.number()) });
const ofGroup = z.object({
  logGroupName: z.optional(z.string()),
  logGroupIdentifier: z.optional(z.string()),
});

/** AWS's limit for one answer. */
const mostEvents = 10_000;
const mostNames = 50;

/** CloudWatch Logs, read-only: what `aws logs tail` and scripts need. */
export function logOperations(source: LogSource, account: { readonly id: string; readonly region: string }): Service {
  const arnOf = (group: string) => `arn:aws:logs:${account.region}:${account.id}:log-group:${group}`;

  function groupOf(input: unknown): { readonly name: string; readonly streams: readonly LogStream[] } {
    const { logGroupName, logGroupIdentifier = '' } = parse(ofGroup, input);
    const name =
      logGroupName ?? logGroupIdentifier.replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, '');
    const streams = source.streams(name);
    if (streams === undefined) throw notFound('The specified log group does not exist.');
    return { name, streams };
  }

  return {
    operations: {
      async DescribeLogGroups(input) {
        const { logGroupNamePrefix = '', logGroupNamePattern = '' } = parse(
          z.object({ logGroupNamePrefix: z.optional(z.string()), logGroupNamePattern: z.optional(z.string()) }),
          input,
        );
        const names = source
          .groups()
          .filter((name) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern));
        const groups = names.map((logGroupName) => ({
          logGroupName,
          logGroupArn: arnOf(logGroupName),
          arn: `${arnOf(logGroupName)}:*`,
          logGroupClass: 'STANDARD',
          storedBytes: 0,
        }));
        return cut(groups, 'logGroups', input, mostNames);
      },

      async DescribeLogStreams(input) {
        const { streams } = groupOf(input);
        const {
          logStreamNamePrefix = '',
          orderBy,
          descending,
        } = parse(
          z.object({
            logStreamNamePrefix: z.optional(z.string()),
            orderBy: z.optional(z.enum(['LogStreamName', 'LastEventTime'])),
            descending: z.optional(z.boolean()),
          }),
          input,
        );
        const described = streams.filter(({ name }) => name.startsWith(logStreamNamePrefix)).map(describe);
        described.sort((a, b) =>
          orderBy === 'LastEventTime'
            ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0)
            : a.logStreamName.localeCompare(b.logStreamName, 'en'),
        );
        return cut(descending === true ? described.reverse() : described, 'logStreams', input, mostNames);
      },

      async FilterLogEvents(input) {
        const { streams } = groupOf(input);
        const {
          logStreamNames,
          logStreamNamePrefix = '',
          filterPattern = '',
        } = parse(
          z.object({
            logStreamNames: z.optional(z.array(z.string())),
            logStreamNamePrefix: z.optional(z.string()),
            filterPattern: z.optional(z.string()),
          }),
          input,
        );
        const wanted = streams.filter(
          ({ name }) => (logStreamNames?.includes(name) ?? true) && name.startsWith(logStreamNamePrefix),
        );
        const matches = compileFilter(filterPattern);
        const between = within(input);
        const events = wanted.flatMap((stream) =>
          stream
            .events()
            .flatMap((event, at) =>
              between(event) && matches(event.message)
                ? [{ ...shown(event), logStreamName: stream.name, eventId: `${stream.name}:${at}` }]
                : [],
            ),
        );
        events.sort((a, b) => a.timestamp - b.timestamp);
        return { ...cut(events, 'events', input, mostEvents), searchedLogStreams: [] };
      },

      async GetLogEvents(input) {
        const { streams } = groupOf(input);
        const { logStreamName, startFromHead = false } = parse(
          z.object({ logStreamName: z.string(), startFromHead: z.optional(z.boolean()) }),
          input,
        );
        const stream = streams.find(({ name }) => name === logStreamName);
        if (stream === undefined) throw notFound('The specified log stream does not exist.');
        const events = stream.events().filter(within(input));
        const { nextToken, limit = mostEvents } = parse(page, input);
        const from =
          nextToken === undefined ? (startFromHead ? 0 : Math.max(0, events.length - limit)) : place(nextToken);
        const until = Math.min(events.length, from + limit);
        return {
          events: events.slice(from, until).map(shown),
          nextForwardToken: `f/${until}`,
          nextBackwardToken: `b/${Math.max(0, from - limit)}`,
        };
      },
    },
  };
}

function describe({ name, createdAt, events }: LogStream) {
  const all = events();
  const [first, last] = [all[0], all.at(-1)];
  return {
    logStreamName: name,
    creationTime: createdAt,
    storedBytes: 0,
    ...(first === undefined || last === undefined
      ? {}
      : {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: last.timestamp,
        }),
  };
}

function shown({ timestamp, message }: LogEvent) {
  return { timestamp, message, ingestionTime: timestamp };
}

/** `startTime` is inclusive, `endTime` is exclusive. */
function within(input: unknown): (event: LogEvent) => boolean {
  const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER } = parse(times, input);
  return ({ timestamp }) => timestamp >= startTime && timestamp < endTime;
}

/** One page of a list. */
function cut(all: readonly unknown[], member: string, input: unknown, most: number): Record<string, unknown> {
  const { nextToken, limit = most } = parse(page, input);
  const from = nextToken === undefined ? 0 : place(nextToken);
  const until = from + Math.min(limit, most);
  return { [member]: all.slice(from, until), ...(until < all.length ? { nextToken: `f/${until}` } : {}) };
}

function place(token: string): number {
  const [, digits] = /^[fb]\/(\d{1,9})$/.exec(token) ?? [];
  if (digits === undefined) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  return Number(digits);
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidParameterException');
}
