import type { Program } from '../definition/program.ts';
import type { Activities } from '../driver/activities.ts';
import type { Driver } from '../driver/create-driver.ts';
import type { StartRequest } from '../driver/start-execution.ts';
import type { EngineOptions } from '../engine-options.ts';
import type { ExecutionStatus } from '../execution-status-detail.ts';
import type { Execution } from '../run/execution.ts';
import type { Tools } from '../run/turn.ts';

/** What the operations of the API work with. */
export type EngineCore = {
  readonly options: EngineOptions;
  readonly tools: Tools;
  readonly driver: Driver;
  readonly activities: Activities;
  /** The program of a definition's revision, parsed once. */
  readonly program: (revision: string) => Program;
  /** Resolves when the execution is on disk. @throws {ServiceError} */
  readonly start: (request: StartRequest) => Promise<Started>;
  /** Resolves when the execution has ended, on disk too. */
  readonly ended: (execution: Execution) => Promise<void>;
  readonly startSurely: (request: StartRequest) => Promise<Started>;
};

/** `execution` is absent when it has ended before. */
export type Started = {
  readonly arn: string;
  readonly startedAt: number;
  readonly status: ExecutionStatus;
  readonly execution: Execution | undefined;
};

export type Operations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
