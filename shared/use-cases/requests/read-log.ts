import { present } from '../../json.ts';
import type { LogPage, LogWanted } from '../../services/system.ts';
import type { LogView } from '../../views/run/log-view.ts';
import type { AttemptView } from '../../views/run/run-view.ts';
import { isoTime } from '../../views/shapes.ts';

const lineLength = 8_000;

export type LogAsked = Pick<LogWanted, 'from' | 'limit' | 'search' | 'cursor'>;
export type ReadLog = (wanted: LogWanted) => Promise<LogPage | undefined>;

/** A page of what a task's attempt wrote. Undefined: there is nothing of it, or no longer. */
export async function readLogOf(
  readLog: ReadLog,
  { run, task }: { readonly run: string; readonly task: string },
  { work, id, number, endedAt }: AttemptView & { readonly id: string },
  asked: LogAsked,
): Promise<LogView | undefined> {
  const log = await readLog({ name: work, id, live: endedAt === undefined, ...asked });
  if (log === undefined) return undefined;
  const lines = log.lines.map(({ stream, text, at }) => ({
    stream,
    text: text.slice(0, lineLength),
    ...present({ at: at === undefined ? undefined : isoTime(at) }),
  }));
  return { run, task, attempt: number, id, lines, ...present({ next: log.next, after: log.after }) };
}
