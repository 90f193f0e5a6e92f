import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { type ProcessIdentity, parseIdentity } from '../../processes/process-identity.ts';

/** Where a job run keeps its output, identity and exit code: `HOME/job-runs/JOB_RUN_ID/`. */
export type RunFolder = {
  readonly folder: string;
  readonly output: string;
  readonly error: string;
};

export function runFolder(home: string, jobRunId: string): RunFolder {
  const folder = path.join(home, 'job-runs', jobRunId);
  return { folder, output: path.join(folder, 'output.log'), error: path.join(folder, 'error.log') };
}

export function createRunFolder(folder: RunFolder): void {
  mkdirSync(folder.folder, { recursive: true });
}

export function readIdentity({ folder }: RunFolder): ProcessIdentity | undefined {
  return parseIdentity(readText(path.join(folder, 'process')) ?? '');
}

/** Whether a shell has claimed the run. Its identity may follow a moment later. */
export function isClaimed({ folder }: RunFolder): boolean {
  return existsSync(path.join(folder, 'process'));
}

/** The job's exit code, once it has ended. */
export function readExitCode({ folder }: RunFolder): number | undefined {
  const text = readText(path.join(folder, 'end'))?.trim();
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

/** When the job's shell recorded the end, in epoch milliseconds. Undefined if it has not. */
export function readEndTime({ folder }: RunFolder): number | undefined {
  return statSync(path.join(folder, 'end'), { throwIfNoEntry: false })?.mtimeMs;
}

const most = { bytes: 4_000, lines: 20 };

/** The last lines of the job's standard error. */
export function lastLines(file: string): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, most.bytes));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8').trimEnd().split('\n').slice(-most.lines).join('\n');
  } finally {
    closeSync(descriptor);
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
