import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes read at once, because a log may have gigabytes. */
const windowBytes = 1_000_000;
const newline = 0x0a;

/** Lines in file order. `offset` is the byte position to continue at. `more` says that there are further lines. */
export type FileLines = { readonly lines: readonly string[]; readonly offset: number; readonly more: boolean };

export type LinesWanted = {
  readonly limit: number;
  readonly search?: string;
  /** Ignores an unterminated last line, which may be incomplete. */
  readonly live: boolean;
};

/** The lines from a position, limited by the wanted count and by one read. */
export function linesFrom(file: string, offset: number, { limit, search, live }: LinesWanted): FileLines {
  return withFile(file, (read, size) => {
    const bytes = read(offset, Math.min(size, offset + windowBytes));
    const reachesEnd = offset + bytes.length >= size;
    const lines: string[] = [];
    let at = 0;
    while (lines.length < limit && at < bytes.length) {
      const end = bytes.indexOf(newline, at);
      // Longer than one read, or the last line of the file.
      if (end < 0 && (reachesEnd ? live : at > 0)) break;
      const line = textOf(bytes.subarray(at, end < 0 ? bytes.length : end));
      at = end < 0 ? bytes.length : end + 1;
      if (search === undefined || line.includes(search)) lines.push(line);
    }
    return {
      lines,
      offset: offset + at,
      more: at < bytes.length ? !(live && reachesEnd && isLast(bytes, at)) : !reachesEnd,
    };
  });
}

/** The lines before a position. @param offset undefined for the end of the file */
export function linesBefore(file: string, offset: number | undefined, { limit, search }: LinesWanted): FileLines {
  return withFile(file, (read, size) => {
    const end = Math.min(offset ?? size, size);
    const start = Math.max(0, end - windowBytes);
    const bytes = read(start, end);
    const lines: string[] = [];
    // The line includes its terminator.
    let at = bytes.length;
    while (lines.length < limit && at > 0) {
      const last = bytes[at - 1] === newline ? at - 1 : at;
      const before = last === 0 ? -1 : bytes.lastIndexOf(newline, last - 1);
      // It begins before the part that was read.
      if (before < 0 && start > 0 && at < bytes.length) break;
      const line = textOf(bytes.subarray(before + 1, last));
      at = before + 1;
      if (search === undefined || line.includes(search)) lines.push(line);
    }
    return { lines: lines.toReversed(), offset: start + at, more: start + at > 0 };
  });
}

function isLast(bytes: Buffer, at: number): boolean {
  return bytes.indexOf(newline, at) < 0;
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\r$/, '');
}

type Read = (from: number, to: number) => Buffer;

function withFile(file: string, act: (read: Read, size: number) => FileLines): FileLines {
  if (!existsSync(file)) return { lines: [], offset: 0, more: false };
  const descriptor = openSync(file, 'r');
  try {
    const read: Read = (from, to) => {
      const bytes = Buffer.alloc(Math.max(0, to - from));
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
    };
    return act(read, fstatSync(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
}
