import { type CloudWatchLogsClient, GetLogEventsCommand, type OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { GetJobRunCommand, type GlueClient } from '@aws-sdk/client-glue';
import { present } from '../../json.ts';
import type { LogPage, LogWanted } from '../system.ts';
import { readLogCursor } from './log-cursor.ts';
import { mergeLog, type StreamEvents } from './merge-log.ts';

/** Lines searched for one page. */
const lookedAt = 5_000;
/** The service's page limit. A page may be empty although more lines follow. */
const mostAtOnce = 10_000;
const mostCalls = 20;

type Clients = { readonly logs: CloudWatchLogsClient; readonly glue: GlueClient };

/**
 * Reads the output of job runs from CloudWatch Logs, where Glue has a group each for standard output and standard
 * error.
 */
export function createLogReader({ logs, glue }: Clients): (wanted: LogWanted) => Promise<LogPage | undefined> {
  return async (wanted) => {
    for (const group of await groupsOf(glue, wanted.name, wanted.id)) {
      const [output, error] = await Promise.all([
        readStream(logs, `${group}/output`, wanted, 'output'),
        readStream(logs, `${group}/error`, wanted, 'error'),
      ]);
      if (output === undefined && error === undefined) continue;
      const none: StreamEvents = { events: [], more: false };
      return mergeLog({ output: output ?? none, error: error ?? none }, wanted, lookedAt);
    }
    return undefined;
  };
}

/** Of Spark jobs, and of Python shell jobs. */
const usual = ['/aws-glue/jobs', '/aws-glue/python-jobs'];

/** The group depends on the job's type and security configuration, so ask the run while Glue knows it. */
async function groupsOf(glue: GlueClient, JobName: string, RunId: string): Promise<readonly string[]> {
  try {
    const { JobRun } = await glue.send(new GetJobRunCommand({ JobName, RunId }));
    const named = JobRun?.LogGroupName?.replace(/\/+$/, '');
    return named === undefined || named === '' ? usual : [named];
  } catch (error) {
    if (isNamed(error, 'EntityNotFoundException')) return usual;
    throw error;
  }
}

/** Undefined: there is no such stream yet. */
async function readStream(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  { id, from, limit, search, cursor }: LogWanted,
  stream: 'output' | 'error',
): Promise<StreamEvents | undefined> {
  const { at, passed } = readLogCursor(cursor);
  const skip = passed[stream];
  const enough = skip + (search === undefined ? limit : lookedAt);
  const within = from === 'start' ? { startTime: at } : { endTime: at === undefined ? undefined : at + 1 };
  const found: OutputLogEvent[] = [];
  let token: string | undefined;
  for (let call = 0; call < mostCalls; call += 1) {
    const startFromHead = from === 'start';
    const input = {
      logGroupName,
      logStreamName: id,
      startFromHead,
      limit: Math.min(enough + 1 - found.length, mostAtOnce),
      ...present({ ...within, nextToken: token }),
    };
    const page = await logs.send(new GetLogEventsCommand(input)).catch(noStream);
    if (page === undefined) return undefined;
    const events = page.events ?? [];
    found.push(...(startFromHead ? events : events.toReversed()));
    const next = startFromHead ? page.nextForwardToken : page.nextBackwardToken;
    if (next === undefined || next === token) return { events: unread(found, skip), more: false };
    token = next;
    if (found.length > enough) break;
  }
  return { events: unread(found, skip), more: true };
}

/** Drops lines of the cursor's own time that were read before. */
function unread(events: readonly OutputLogEvent[], skip: number): StreamEvents['events'] {
  return events.slice(skip).map(({ timestamp = 0, message = '' }) => ({ at: timestamp, text: message }));
}

function noStream(error: unknown): undefined {
  if (isNamed(error, 'ResourceNotFoundException')) return undefined;
  throw error;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
