import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Kind } from './runtime-load.ts';

/** What happened, as seen from outside the engine. */
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

/** What happened, as seen by clients of the whole runtime. */
export type RuntimeEntry =
  | { readonly is: 'asked'; readonly id: string; readonly kind: Kind }
  | { readonly is: 'answered'; readonly id: string }
  | { readonly is: 'recovered'; readonly ms: number; readonly runs: number }
  | { readonly is: 'surprise'; readonly error: string };

export type Journal<Entry> = { write(entry: Entry): void; close(): void };

/** Lines survive a killed process, since the system holds them. */
export function openJournal<Entry = JournalEntry>(file: string): Journal<Entry> {
  const descriptor = openSync(file, 'a');
  return {
    write: (entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(descriptor),
  };
}

export function readJournal<Entry = JournalEntry>(file: string): readonly Entry[] {
  return linesOf(file).map((line): Entry => JSON.parse(line));
}

export function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
