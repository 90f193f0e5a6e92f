import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { WorkLog } from '../../../shared/services/system.ts';
import { runFolder } from './run-folder.ts';

/** Of what is longer, the end is read. */
const mostBytes = 2_000_000;

/** What a job run wrote. Undefined: there is no such, or its files were taken away. */
export function readJobLog(home: string, jobRunId: string): WorkLog | undefined {
  // an id is a part of a path
  if (!/^[\w-]{1,200}$/.test(jobRunId)) return undefined;
  const { output, error } = runFolder(home, jobRunId);
  if (!existsSync(output) && !existsSync(error)) return undefined;
  return { output: endOf(output), error: endOf(error) };
}

function endOf(file: string): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}
