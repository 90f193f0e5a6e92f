import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What happened, as the world outside the engine saw it. A killed process's lines stay: the system has them. */
export type JournalEntry =
  | { readonly is: 'started' | 'ended'; readonly execution: string }
  /** `waits`: until its token is settled. */
  | {
      readonly is: 'called';
      readonly execution: string;
      readonly step: string;
      readonly token: string;
      readonly waits: boolean;
    }
  | { readonly is: 'settled'; readonly token: string }
  | { readonly is: 'recovered'; readonly ms: number; readonly executions: number };

export type Journal = { write(entry: JournalEntry): void; close(): void };

export function openJournal(file: string): Journal {
  const descriptor = openSync(file, 'a');
  return {
    write: (entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(descriptor),
  };
}

export function readJournal(file: string): readonly JournalEntry[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line): JournalEntry => JSON.parse(line));
}
