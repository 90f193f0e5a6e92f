import { existsSync } from 'node:fs';
import { present } from '../../../shared/json.ts';
import type { LogLine, LogPage, LogWanted } from '../../../shared/services/system.ts';
import { linesBefore, linesFrom } from './lines-of-file.ts';
import { runFolder } from './run-folder.ts';

/**
 * Reads the output files of job runs: standard output, then standard error, because lines have no times. A cursor is a
 * position in each file.
 */
export function createJobLogs(home: string): (wanted: LogWanted) => Promise<LogPage | undefined> {
  return async (wanted) => {
    // The id becomes part of a path.
    if (!/^[\w-]{1,200}$/.test(wanted.id)) return undefined;
    const { output, error } = runFolder(home, wanted.id);
    if (!existsSync(output) && !existsSync(error)) return undefined;
    const [outputAt, errorAt] = wanted.cursor?.split('.').map(Number) ?? [];
    const files = { output, error };
    return wanted.from === 'start'
      ? fromStart(files, wanted, outputAt ?? 0, errorAt ?? 0)
      : fromEnd(files, wanted, outputAt, errorAt);
  };
}

type Files = { readonly output: string; readonly error: string };

function fromStart(files: Files, wanted: LogWanted, outputAt: number, errorAt: number): LogPage {
  const first = linesFrom(files.output, outputAt, wanted);
  const left = wanted.limit - first.lines.length;
  const second = linesFrom(files.error, errorAt, { ...wanted, limit: first.more ? 0 : left });
  const after = `${first.offset}.${second.offset}`;
  return {
    lines: [...named('output', first.lines), ...named('error', second.lines)],
    ...present({ next: first.more || second.more ? after : undefined }),
    after,
  };
}

function fromEnd(files: Files, wanted: LogWanted, outputAt?: number, errorAt?: number): LogPage {
  const last = linesBefore(files.error, errorAt, wanted);
  const left = wanted.limit - last.lines.length;
  const before = linesBefore(files.output, outputAt, { ...wanted, limit: last.more ? 0 : left });
  return {
    lines: [...named('output', before.lines), ...named('error', last.lines)],
    ...present({ next: before.more || last.more ? `${before.offset}.${last.offset}` : undefined }),
  };
}

function named(stream: LogLine['stream'], lines: readonly string[]): LogLine[] {
  return lines.map((text) => ({ stream, text }));
}
