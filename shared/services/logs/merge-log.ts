import { present } from '../../json.ts';
import type { LogLine, LogPage, LogWanted } from '../system.ts';
import { readLogCursor, writeLogCursor } from './log-cursor.ts';

/** In reading order. `more`: further lines may follow. */
export type StreamEvents = {
  readonly events: readonly { readonly at: number; readonly text: string }[];
  readonly more: boolean;
};

type Stream = LogLine['stream'];

/**
 * One page of both streams, by time. Lines of the same time are ordered by stream, since nothing else is known.
 *
 * @param lookedAt the most lines to search
 */
export function mergeLog(
  streams: Readonly<Record<Stream, StreamEvents>>,
  { from, limit, search, cursor }: Pick<LogWanted, 'from' | 'limit' | 'search' | 'cursor'>,
  lookedAt: number,
): LogPage {
  const direction = from === 'start' ? 1 : -1;
  const index = { output: 0, error: 0 };
  let place = readLogCursor(cursor);
  const lines: LogLine[] = [];
  for (let seen = 0; lines.length < limit && seen < (search === undefined ? limit : lookedAt); seen += 1) {
    const stream = first(streams, index, direction);
    // lines after the end of the other stream's page would come too early
    if (stream === undefined || (seen > 0 && isCut(streams[other(stream)], index[other(stream)]))) break;
    const { at, text } = streams[stream].events[index[stream]] ?? { at: 0, text: '' };
    index[stream] += 1;
    const passed = place.at === at ? place.passed : { output: 0, error: 0 };
    place = { at, passed: { ...passed, [stream]: passed[stream] + 1 } };
    if (search === undefined || text.includes(search)) lines.push({ stream, text: text.replace(/\r?\n$/, ''), at });
  }
  const left = (stream: Stream) => streams[stream].more || index[stream] < streams[stream].events.length;
  const end = place.at === undefined ? undefined : writeLogCursor(place);
  return {
    lines: from === 'start' ? lines : lines.toReversed(),
    ...(left('output') || left('error') ? present({ next: end }) : {}),
    ...(from === 'start' ? { after: end ?? writeLogCursor({ passed: { output: 0, error: 0 } }) } : {}),
  };
}

function isCut({ events, more }: StreamEvents, index: number): boolean {
  return more && index >= events.length;
}

function other(stream: Stream): Stream {
  return stream === 'output' ? 'error' : 'output';
}

/** The stream with the next line. Undefined: neither has one. */
function first(
  streams: Readonly<Record<Stream, StreamEvents>>,
  index: Readonly<Record<Stream, number>>,
  direction: 1 | -1,
): Stream | undefined {
  const output = streams.output.events[index.output];
  const error = streams.error.events[index.error];
  if (output === undefined || error === undefined) {
    return output === undefined ? (error === undefined ? undefined : 'error') : 'output';
  }
  // reading backwards reverses the order of streams as well
  const before = (error.at - output.at) * direction;
  return before > 0 || (before === 0 && direction === 1) ? 'output' : 'error';
}
