import type { Program } from '../definition/program.ts';
import type { Execution } from '../frames/execution.ts';
import type { ExecutionStatus } from '../frames/execution-status-detail.ts';
import type { Tools } from '../frames/turn.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import type { Activities } from './activities.ts';
import type { Driver } from './create-driver.ts';
import type { StartRequest } from './start-execution.ts';

/** The interface between the driver and the API's operations. */
export type EngineCore = {
  readonly options: EngineOptions;
  readonly tools: Tools;
  readonly driver: Driver;
  readonly activities: Activities;
  /** The program of a definition's revision, parsed once. */
  readonly program: (revision: string) => Program;
  /** Resolves when the execution is on disk. @throws {ServiceError} */
  readonly start: (request: StartRequest) => Promise<Started>;
  /** Resolves when the execution has ended and its end is on disk. */
  readonly ended: (execution: Execution) => Promise<void>;
  readonly startWithRetries: (request: StartRequest) => Promise<Started>;
};

/** `execution` is absent if it had ended before. */
export type Started = {
  readonly arn: string;
  readonly startedAt: number;
  readonly status: ExecutionStatus;
  readonly execution: Execution | undefined;
};

export type Operations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
