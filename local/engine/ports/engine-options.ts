import type { Clock } from '../../clock/clock.ts';
import type { ExecutionStatusDetail } from '../frames/execution-status-detail.ts';
import type { EngineStore } from './engine-store.ts';
import type { TaskRunner } from './task-runner.ts';

export type EngineOptions = {
  /** `openEngineStore(database)`, or `createMemoryStore()`. */
  readonly store: EngineStore;
  readonly clock: Clock;
  readonly uuid: () => string;
  /** In [0, 1), for jitter and the random functions. */
  readonly random: () => number;
  readonly region: string;
  readonly account: string;
  readonly tasks: TaskRunner;
  /**
   * `Step Functions Execution Status Change`, RUNNING too. Called in the commit of the change: what it writes to the
   * store's database is on disk with it, or not at all. When the disk refuses the commit, it is called again.
   */
  readonly onStatusChange?: (detail: ExecutionStatusDetail) => void;
  /** Real time for one expression in this thread, before a thread of its own has it. */
  readonly inProcessMs?: number;
  /** Where a distributed Map reads its items and writes its results. */
  readonly objects?: ObjectStore;
};

export interface ObjectStore {
  get(bucket: string, key: string): Promise<Uint8Array | undefined>;
  list(bucket: string, prefix: string): Promise<readonly StoredObject[]>;
  put(bucket: string, key: string, body: Uint8Array): Promise<void>;
}

/** `lastModified` in epoch seconds. */
export type StoredObject = {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
};
