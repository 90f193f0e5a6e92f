import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { accountVariablesIn } from '../../local/glue/processes/job-environment.ts';
import { describeOwner, HomeInUse } from '../../local/home/home-lock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import { findRun } from '../../shared/actors/find-run.ts';
import { present } from '../../shared/json.ts';
import type { ProjectState } from '../../shared/services/project-state.ts';
import type { System } from '../../shared/services/system.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { connectSession } from './connect-session.ts';
import { deployedDigests } from './deployed-digests.ts';
import { findDev, hasDeployed } from './dev-file.ts';
import type { OpenProject } from './open-project.ts';

/** A runtime for starting, stopping and watching runs. */
export type Session = {
  readonly system: System;
  /** False: `gluewright dev` is the runtime, and continues after this session. */
  readonly embedded: boolean;
  readRun(id: string): Promise<RunView | undefined>;
  /** @throws {CommandError} if the runtime has another definition of this pipeline than the files, and keeps it */
  assertDeployed(pipeline: string): Promise<void>;
  /** Waits for the end of the run's execution, which comes slightly after the run's. */
  awaitExecution(id: string): Promise<void>;
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
  if (dev !== undefined) {
    const { system, close } = connectSession(project, dev);
    return {
      system,
      embedded: false,
      readRun: (id) => readRun(system.ledger, id, pipelines),
      assertDeployed: (pipeline) => assertDeployed(project, dev.pid, pipeline),
      awaitExecution: async () => undefined,
      close,
    };
  }
  if (options.detach) throw new CommandError(exitCodes.unavailable, '--detach needs a running npx gluewright dev');
  const runtime = await openProjectRuntime(project, { schedules: false });
  const { system } = runtime;
  return {
    system,
    embedded: true,
    readRun: (id) => readRun(system.ledger, id, pipelines),
    assertDeployed: async () => undefined,
    awaitExecution: (id) => awaitExecution(system, id),
    close: () => runtime.close(),
  };
}

async function assertDeployed(project: OpenProject, pid: number, pipeline: string): Promise<void> {
  const digest = deployedDigests(project)[pipeline];
  if (digest === undefined || (await hasDeployed(project.home, pipeline, digest))) return;
  const message = `gluewright dev (process ${pid}) has not deployed the current ${pipeline}: see its messages, or restart it`;
  throw new CommandError(exitCodes.unavailable, message);
}

const executionPatience = { looks: 250, milliseconds: 20 };

/** Limited, because the next runtime does what is left. */
async function awaitExecution({ sfn, ledger }: System, id: string): Promise<void> {
  const executionArn = (await findRun({ ledger }, id))?.executionArn;
  if (executionArn === undefined) return;
  for (let look = 0; look < executionPatience.looks; look += 1) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return;
    await setTimeout(executionPatience.milliseconds);
  }
}

/**
 * The embedded runtime with the project's pipelines.
 *
 * @param options.schedules false: do not start other runs that are due
 * @throws {CommandError}
 */
export async function openProjectRuntime(
  { root, home, pipelines, machines, jobs, crawlers, rulesets, warn }: OpenProject,
  { schedules, files }: { readonly schedules: boolean; readonly files?: () => ProjectState },
): Promise<Runtime> {
  // logs of the functions and unexpected errors go to a file, not to the screen
  const note = (entry: object): void =>
    appendFileSync(join(home, 'functions.log'), `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`, {
      mode: 0o600,
    });
  const hidden = accountVariablesIn(process.env);
  if (hidden.length > 0) warn(`local jobs do not get ${hidden.join(', ')}: they use the local endpoint`);
  try {
    return await openRuntime({
      home,
      root,
      clock: createRealClock(),
      schedules,
      pipelines: pipelines.map(({ pipeline }) => pipeline),
      definitions: machines,
      jobs,
      crawlers,
      rulesets,
      uuid: randomUUID,
      ...present({ project: files }),
      log: note,
      onSurprise: (error) =>
        note({ message: 'surprise', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    });
  } catch (error) {
    if (error instanceof HomeInUse) {
      const dev = await findDev(home);
      if (dev !== undefined && dev.pid === error.owner?.pid) {
        const message = `npx gluewright dev has ${home} open already, as ${describeOwner(error.owner)}, on port ${dev.port}`;
        throw new CommandError(exitCodes.unavailable, message);
      }
      const message = `${home} is in use by ${describeOwner(error.owner)}, a run that is shown, or the like; while npx gluewright dev runs, several commands share it`;
      throw new CommandError(exitCodes.unavailable, message);
    }
    throw error;
  }
}
