import type { System } from '../../shared/services/system.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { deployedDigests } from './deployed-digests.ts';
import { type DevFile, findDev, hasDeployed } from './dev-file.ts';
import type { OpenProject } from './open-project.ts';

/** A runtime for starting, stopping and watching runs. */
export type Session = RuntimeOfSession & {
  /** False: `gluewright dev` is the runtime, and continues after this session. */
  readonly embedded: boolean;
  readRun(id: string): Promise<RunView | undefined>;
  /** @throws {CommandError} if the runtime has another definition of this pipeline than the files, and keeps it */
  assertDeployed(pipeline: string): Promise<void>;
};

export type RuntimeOfSession = {
  readonly system: System;
  /** Waits for the end of the run's execution, which comes slightly after the run's. */
  awaitExecution(id: string): Promise<void>;
  /** Returns a signal that aborts when the run is over. Absent: another process writes the ledger. */
  whenOver?(id: string): AbortSignal;
  close(): Promise<void>;
};

/**
 * Uses the runtime of `gluewright dev`, or else opens one.
 *
 * @param options.detach work must continue after the session
 * @throws {CommandError}
 */
export async function openSession(project: OpenProject, options: { readonly detach?: true } = {}): Promise<Session> {
  const pipelines = project.pipelines.map(({ pipeline }) => pipeline);
  const dev = await findDev(project.home);
  if (dev === undefined && options.detach) {
    throw new CommandError(exitCodes.unavailable, '--detach needs a running npx gluewright dev');
  }
  const runtime = await openRuntimeOf(project, dev);
  return {
    ...runtime,
    embedded: dev === undefined,
    readRun: (id) => readRun(runtime.system.ledger, id, pipelines),
    assertDeployed: async (pipeline) => (dev === undefined ? undefined : assertDeployed(project, dev.pid, pipeline)),
  };
}

/** Loads the embedded runtime only if no `dev` runs. */
async function openRuntimeOf(project: OpenProject, dev: DevFile | undefined): Promise<RuntimeOfSession> {
  if (dev === undefined) return (await import('./embed-session.ts')).embedSession(project);
  return (await import('./connect-session.ts')).connectSession(project, dev);
}

async function assertDeployed(project: OpenProject, pid: number, pipeline: string): Promise<void> {
  const digest = deployedDigests(project)[pipeline];
  if (digest === undefined || (await hasDeployed(project.home, pipeline, digest))) return;
  const message = `gluewright dev (process ${pid}) has not deployed the current ${pipeline}: see its messages, or restart it`;
  throw new CommandError(exitCodes.unavailable, message);
}
