import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../clock/clock.ts';
import { createTimers } from '../../clock/timers.ts';
import { isAlive } from '../../processes/process-identity.ts';
import type { JobRunner, RunnableJobRun, RunnerReport } from '../job-runner.ts';
import { createLauncher } from './launcher.ts';
import { type JobPlaces, type PreparedJob, prepareJob } from './prepare-job.ts';
import {
  createRunFolder,
  isClaimed,
  lastLines,
  type RunFolder,
  readEndTime,
  readExitCode,
  readIdentity,
  runFolder,
} from './run-folder.ts';

export type ProcessRunnerOptions = JobPlaces & { readonly clock: Clock };

type Live = {
  readonly folder: RunFolder;
  readonly report: (report: RunnerReport) => void;
  watcher?: FSWatcher;
  /** When this process launched the job, in epoch milliseconds. */
  launchedAt?: number;
};

/** How long a job may take to stop by itself. */
const graceMilliseconds = 10_000;
/** How long a shell takes to start the job. An earlier signal would not reach the job. */
const startMilliseconds = 100;
/** How often to check whether a killed job is gone. */
const killedMilliseconds = 100;

/** Runs jobs as processes of this machine. They outlive this process, and its successor finds them again. */
export function createProcessRunner(options: ProcessRunnerOptions): JobRunner {
  const timers = createTimers(options.clock);
  const launcher = createLauncher();
  const live = new Map<string, Live>();

  function run(run: RunnableJobRun, report: (report: RunnerReport) => void): void {
    const folder = runFolder(options.home, run.id);
    createRunFolder(folder);
    live.set(run.id, { folder, report });
    if (isClaimed(folder)) {
      resume(run.id);
      return;
    }
    const prepared = prepareJob(run, folder.folder, options);
    if (prepared !== undefined) begin(run.id, prepared, folder);
    else end(run.id, failed(`The job ${run.job.name} has neither a script nor a command to run locally`));
  }

  function begin(id: string, { command, env }: PreparedJob, folder: RunFolder): void {
    for (const [at, value] of command.entries()) prepareFolder(value, command[at - 1]);
    const launched = { cwd: options.root, env };
    const one = live.get(id);
    if (one !== undefined) one.launchedAt = options.clock.now();
    launcher.launch(command, folder, launched, {
      failed: (message) => end(id, failed(`The job could not be started: ${message}`)),
      exited(pid) {
        const owner = readIdentity(folder)?.pid;
        if (owner === undefined || owner === pid) onExit(id);
        else resume(id);
      },
      lost() {
        // Launching a claimed run again would do nothing.
        if (isClaimed(folder)) resume(id);
        else if (live.has(id)) begin(id, { command, env }, folder);
      },
    });
    one?.report({ is: 'running' });
  }

  /** Creates output folders, because jobs that write to S3 create none. */
  function prepareFolder(value: string, name: string | undefined): void {
    if (!name?.startsWith('--') || !value.startsWith(options.buckets + path.sep)) return;
    mkdirSync(value.endsWith(path.sep) ? value : path.dirname(value), { recursive: true });
  }

  /** The process is not our child, so watch for its exit note. */
  function resume(id: string): void {
    const one = live.get(id);
    if (one === undefined) return;
    one.report({ is: 'running' });
    one.watcher = watch(one.folder.folder, () => lookAt(id));
    lookAt(id);
  }

  function lookAt(id: string): void {
    const one = live.get(id);
    if (one === undefined) return;
    const identity = readIdentity(one.folder);
    // Check the note first: an ended process may remain as a zombie.
    if (readExitCode(one.folder) !== undefined || (identity !== undefined && !isAlive(identity))) onExit(id);
  }

  function onExit(id: string): void {
    const one = live.get(id);
    if (one === undefined) return;
    const code = readExitCode(one.folder);
    const said = lastLines(one.folder.error);
    const ending = code === undefined ? 'The job was killed from outside' : `The job ended with exit code ${code}`;
    const report = code === 0 ? ({ is: 'ended', state: 'SUCCEEDED' } as const) : failed(said === '' ? ending : said);
    const at = readEndTime(one.folder);
    // It may have ended long before this process started.
    end(id, at === undefined || one.watcher === undefined ? report : { ...report, at });
  }

  function end(id: string, report: RunnerReport): void {
    const one = live.get(id);
    if (one === undefined) return;
    live.delete(id);
    one.watcher?.close();
    one.report(report);
  }

  function stop(id: string): void {
    const one = live.get(id);
    if (one === undefined) return;
    const starts = one.launchedAt !== undefined && options.clock.now() < one.launchedAt + startMilliseconds;
    if (starts || !signal(one.folder, 'SIGTERM')) timers.after(startMilliseconds, () => stop(id));
    else timers.after(graceMilliseconds, () => kill(id));
  }

  /** This also kills the shell, so no note is left. Nothing else reports the end of a process that is not our child. */
  function kill(id: string): void {
    const one = live.get(id);
    if (one === undefined) return;
    signal(one.folder, 'SIGKILL');
    if (one.watcher !== undefined) lookAt(id);
    timers.after(killedMilliseconds, () => kill(id));
  }

  return {
    run,
    stop,
    /** A process of an earlier runtime that was killed with its shell leaves no note. */
    look() {
      for (const [id, one] of live) {
        if (one.watcher === undefined) continue;
        // A shell that was killed before it recorded its identity started nothing.
        if (readIdentity(one.folder) === undefined) onExit(id);
        else lookAt(id);
      }
    },
    close() {
      timers.cancelAll();
      launcher.close();
      for (const one of live.values()) one.watcher?.close();
      live.clear();
    },
  };
}

/** @returns false if its identity is not known yet */
function signal(folder: RunFolder, name: NodeJS.Signals): boolean {
  const identity = readIdentity(folder);
  if (identity === undefined) return false;
  try {
    if (isAlive(identity)) process.kill(-identity.pid, name);
  } catch {
    // It has just ended, and its report is on the way.
  }
  return true;
}

function failed(errorMessage: string): RunnerReport & { is: 'ended' } {
  return { is: 'ended', state: 'FAILED', errorMessage };
}
