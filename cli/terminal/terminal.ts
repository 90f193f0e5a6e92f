import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { guarded } from '../../shared/views/printable.ts';
import { browse } from './browse.ts';
import { onOrphaned } from './on-orphaned.ts';

/** The terminal as commands see it. Tests hand in their own. */
export type Terminal = {
  /** Writes one or more lines. Control characters become visible, except colours. */
  out(text: string): void;
  err(text: string): void;
  /** Replaces the last drawing. Absent if the output is not a terminal. */
  readonly redraw?: (lines: readonly string[]) => void;
  /** Asks a question and reads a line. Absent if nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Opens an address in the user's browser. */
  browse(address: string): void;
  style(format: Format | readonly Format[], text: string): string;
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called once when the user wants to stop (Ctrl-C, or the end of npx). Returns a function that cancels this. */
  onInterrupt(action: () => void): () => void;
};

export type Format = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'magenta';

/** The process's own terminal. Colours follow `NO_COLOR`, `FORCE_COLOR` and whether it is a terminal. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const redraw = createRedraw(stdout);
  return {
    out: (text) => stdout.write(`${stdout.isTTY ? guarded(text) : text}\n`),
    err: (text) => stderr.write(`${stderr.isTTY ? guarded(text) : text}\n`),
    ...(stdout.isTTY ? { redraw } : {}),
    ...(stdout.isTTY && process.stdin.isTTY ? { ask } : {}),
    browse,
    style: (format, text) => styleText(typeof format === 'string' ? format : [...format], text, { stream: stdout }),
    // a terminal of unknown size reports 0
    columns: stdout.columns || 160,
    rows: stdout.rows || 24,
    cwd: process.cwd(),
    env: process.env,
    onInterrupt(action) {
      const release = (): void => {
        process.off('SIGINT', once).off('SIGTERM', once);
        keepParent();
      };
      const once = (): void => {
        release();
        action();
      };
      process.on('SIGINT', once).on('SIGTERM', once);
      const keepParent = onOrphaned(once);
      return release;
    },
  };
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function createRedraw(stream: NodeJS.WriteStream): (lines: readonly string[]) => void {
  let drawn = 0;
  return (lines) => {
    // moves to the beginning of the last drawing and clears each line's rest, so nothing flickers
    const up = drawn === 0 ? '' : `\u001b[${drawn}A\r`;
    stream.write(`${up}${lines.map((line) => `${guarded(line)}\u001b[K\n`).join('')}\u001b[J`);
    drawn = lines.length;
  };
}
