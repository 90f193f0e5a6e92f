import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process by its id and its start time, since the system reuses ids. */
export type ProcessIdentity = { readonly pid: number; readonly started: string };

/** Reads what {@link printIdentity} or a job's launching shell wrote: the id, then the start time on a second line. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [first = '', second = ''] = text.split('\n');
  const started = startTime(second);
  return /^\d+$/.test(first) && started !== '' ? { pid: Number(first), started } : undefined;
}

export function printIdentity({ pid, started }: ProcessIdentity): string {
  return `${pid}\n${started}\n`;
}

/** @returns undefined if the process does not exist */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const line = statusLine(pid);
  return line === undefined ? undefined : { pid, started: startTime(line) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  const line = statusLine(identity.pid);
  return line !== undefined && !isZombie(line) && startTime(line) === identity.started;
}

/** The start time from `/proc/PID/stat` on Linux, and from `ps` elsewhere. The launching shell reads the same. */
function statusLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').trim();
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Field 22 is the start time. It follows the command's name, which may contain blanks and brackets (proc_pid_stat(5)).
 */
function startTime(line: string): string {
  const fields = afterName(line);
  return fields === undefined ? line.trim() : (fields[19] ?? '');
}

/** In a container without an init process, an ended process remains as a zombie. */
function isZombie(line: string): boolean {
  return afterName(line)?.[0] === 'Z';
}

function afterName(line: string): readonly string[] | undefined {
  return /^\d+ \(/.test(line) ? line.slice(line.lastIndexOf(')') + 2).split(' ') : undefined;
}
