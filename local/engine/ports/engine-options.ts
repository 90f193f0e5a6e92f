import type { Clock } from '../../clock/clock.ts';
import type { ExecutionStatusDetail } from '../frames/execution-status-detail.ts';
import type { EngineStore } from './engine-store.ts';
import type { TaskRunner } from './task-runner.ts';

export type EngineOptions = {
  /** `openEngineStore(database)`, or `createMemoryStore()`. */
  readonly store: EngineStore;
  readonly clock: Clock;
  readonly uuid: () => string;
  /** Numbers in [0, 1), for jitter and the random functions. */
  readonly random: () => number;
  readonly region: string;
  readonly account: string;
  readonly tasks: TaskRunner;
  /**
   * `Step Functions Execution Status Change`, including RUNNING. Called within the commit of the change. What it writes
   * to the store's database is committed with the change, or not at all. If the disk refuses the commit, it is called
   * again.
   */
  readonly onStatusChange?: (detail: ExecutionStatusDetail) => void;
  /** Real time limit of an expression in this thread, before it moves to a worker. */
  readonly inProcessMs?: number;
  /** The objects that distributed Maps read, and write their results to. */
  readonly objects?: ObjectStore;
};

export interface ObjectStore {
  get(bucket: string, key: string): Promise<Uint8Array | undefined>;
  list(bucket: string, prefix: string): Promise<readonly StoredObject[]>;
  put(bucket: string, key: string, body: Uint8Array): Promise<void>;
}

/** `lastModified` is in epoch seconds. */
export type StoredObject = {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
};
