import type { System } from '../shared/services/system.ts';
import { createDeployer } from './deployer.ts';
import type { Engine } from './engine/engine.ts';
import type { Bus } from './events/bus.ts';
import type { Glue } from './glue/glue.ts';
import { type RunFolder, runFolder } from './glue/processes/run-folder.ts';
import type { Functions } from './lambda/functions.ts';
import { createParts } from './parts.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import type { S3 } from './s3/s3.ts';
import type { Clients } from './stack/clients.ts';
import type { Deployable } from './stack/deployment.ts';
import { startUpSteps } from './start-up-steps.ts';
import { createChangeMark } from './storage/change-mark.ts';
import type { WireServices } from './wire/wire-message.ts';
import type { AllWorks } from './work/works.ts';

/** A small AWS in this process, with the pipelines deployed on it. */
export interface Runtime {
  readonly system: System;
  readonly clients: Clients;
  /** For `createWireServer`. */
  readonly services: WireServices;
  readonly functions: Functions;
  readonly s3: S3;
  readonly glue: Glue;
  readonly works: AllWorks;
  readonly bus: Bus;
  readonly engine: Engine;
  /** Differs after each write to the home. */
  readonly changeMark: () => string;
  /** Where a job run's output is kept. Undefined in memory. */
  runFolder(jobRunId: string): RunFolder | undefined;
  /**
   * Replaces the deployment. Running executions keep their definitions.
   *
   * @throws {NotCompiled} nothing is changed then
   */
  deploy(next: Deployable): Promise<void>;
  /** Lets work in progress finish its step. Jobs that are processes keep running. */
  close(): Promise<void>;
  /** Acts as if the process were killed now: nothing more is written, answered or awaited. */
  abandon(): void;
}

/**
 * Opens the embedded runtime, resumes what an earlier one left, and starts what is due.
 *
 * @throws {HomeInUse} another process has it open
 * @throws {NotCompiled} if Step Functions could not hold a pipeline
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const parts = createParts(options);
  const { system, clients, services, functions, s3, glue, works, bus, engine, home, database } = parts;
  const { close, abandon } = parts;
  const deployer = createDeployer(parts, options);
  try {
    for (const [, act] of startUpSteps(parts, deployer, options)) await act();
  } catch (error) {
    await close();
    throw error;
  }
  const folderOf = (jobRunId: string) => (home === undefined ? undefined : runFolder(home, jobRunId));
  async function deploy(next: Deployable): Promise<void> {
    await deployer.replace(next);
    await deployer.followSchedules(next);
  }
  return {
    system,
    clients,
    services,
    functions,
    s3,
    glue,
    works,
    bus,
    engine,
    changeMark: createChangeMark(database),
    runFolder: folderOf,
    deploy,
    close,
    abandon,
  };
}
