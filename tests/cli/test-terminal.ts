import type { Terminal } from '../../cli/terminal/terminal.ts';

export type TestTerminal = Terminal & { readonly stdout: () => string; readonly stderr: () => string };

/** A terminal that keeps what is written to it, without colours. */
export function createTestTerminal(cwd: string, env: Readonly<Record<string, string>> = {}): TestTerminal {
  const written: Record<'out' | 'err', string> = { out: '', err: '' };
  return {
    out: (text) => {
      written.out += `${text}\n`;
    },
    err: (text) => {
      written.err += `${text}\n`;
    },
    browse: () => undefined,
    style: (_, text) => text,
    columns: 120,
    rows: 30,
    cwd,
    env,
    onInterrupt: () => () => undefined,
    stdout: () => written.out,
    stderr: () => written.err,
  };
}
