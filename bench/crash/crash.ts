import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inBenchFolder } from '../kit/bench-folder.ts';
import { printFigures } from '../kit/print-figures.ts';
import { engineRemains } from './engine-remains.ts';
import { type RuntimeEntry, readJournal } from './journal.ts';
import { runtimeRemains } from './runtime-remains.ts';
import { runtimeVerdict } from './runtime-verdict.ts';
import { crashVerdict } from './verdict.ts';

type Subject = {
  /** The program to kill. Its arguments are the folder and the number of runs to keep going. */
  readonly life: string;
  readonly inFlight: number;
  readonly longestLifeMs: number;
  /** `faults`: the number of violations. */
  judge(folder: string): Promise<{ readonly figures: Readonly<Record<string, number>>; readonly faults: number }>;
};

const journalIn = (folder: string): string => path.join(folder, 'journal');

const subjects: Readonly<Record<string, Subject>> = {
  engine: {
    life: 'life.ts',
    inFlight: 20,
    longestLifeMs: 500,
    async judge(folder) {
      const figures = crashVerdict(readJournal(journalIn(folder)), await engineRemains(folder));
      const { lost, duplicateStarts, historyGaps, wrongHistories } = figures;
      return { figures, faults: lost + duplicateStarts + historyGaps + wrongHistories };
    },
  },
  runtime: {
    life: 'runtime-life.ts',
    inFlight: 8,
    longestLifeMs: 3_000,
    async judge(folder) {
      const journal = readJournal<RuntimeEntry>(journalIn(folder));
      for (const entry of journal) if (entry.is === 'surprise') console.error(entry.error);
      const figures = runtimeVerdict(journal, await runtimeRemains(folder));
      const { lost, wrongStatus, doubledRuns, duplicateStarts, wrongAttempts } = figures;
      const { jobsLeft, undelivered, deadLetters, surprises } = figures;
      const runs = lost + wrongStatus + doubledRuns + duplicateStarts + wrongAttempts;
      return { figures, faults: runs + jobsLeft + undelivered + deadLetters + surprises };
    },
  },
};

/** Kills a process under load repeatedly, then checks its files and the outside world. */
export async function crash(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      what: { type: 'string', default: 'engine' },
      dir: { type: 'string' },
      kills: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const { what } = values;
  const subject = Object.hasOwn(subjects, what) ? subjects[what] : undefined;
  if (subject === undefined) throw new Error(`--what takes ${Object.keys(subjects).join(' or ')}`);
  const kills = Number(values.kills ?? (what === 'engine' ? 200 : 100));
  const { inFlight, longestLifeMs } = subject;
  await inBenchFolder(values.dir, async (folder, settings) => {
    for (let kill = 0; kill < kills; kill += 1) await liveAndDie(subject, folder, Math.random() * longestLifeMs);
    await live(subject, folder);
    const { figures, faults } = await subject.judge(folder);
    printFigures('crash', values.json === true, {
      settings: { ...settings, what, kills, inFlight, longestLifeMs },
      ...figures,
    });
    if (faults > 0) process.exitCode = 1;
  });
}

function begin({ life }: Subject, folder: string, flying: number) {
  const program = path.join(import.meta.dirname, life);
  return spawn(process.execPath, [program, folder, String(flying)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Milliseconds from opening the files to the kill, so recovery is killed, too. */
async function liveAndDie(subject: Subject, folder: string, ms: number): Promise<void> {
  const child = begin(subject, folder, subject.inFlight);
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await Promise.race([sleep(ms), ended]);
  child.kill('SIGKILL');
  const [code]: unknown[] = await ended;
  if (code !== null) throw new Error(`the process ended by itself, with ${code}`);
}

/** The last life starts nothing new and waits for everything to end. */
async function live(subject: Subject, folder: string): Promise<void> {
  const [code]: unknown[] = await once(begin(subject, folder, 0), 'exit');
  if (code !== 0) throw new Error(`the process ended with ${code}`);
}
