import type { JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import type { ExecutionStatus } from '../frames/execution-status-detail.ts';
import type { HistoryEvent } from '../history/history-event.ts';

/** Where the engine remembers. Two of them: SQLite, and one that is gone with the process. */
export interface EngineStore {
  /** A commit waits for the disk, so that it pays to put many transitions into one. */
  readonly durable: boolean;
  /** All of it or nothing, and on disk when it returns. @throws what the disk says: nothing is changed then */
  commit(changes: readonly ExecutionChange[]): void;
  /** The number for the next execution. */
  nextKey(): number;
  execution(arn: string): ExecutionRecord | undefined;
  /** Newest first. */
  executions(query: ExecutionQuery): readonly ExecutionRecord[];
  /** Every execution that has not ended. */
  running(): readonly ExecutionRecord[];
  frames(key: number): readonly Frame[];
  /** Events from the one with the id `from` on (downward, when reversed). */
  history(key: number, from: number, limit: number, reverse: boolean): readonly HistoryEvent[];
  /** The id of the last event. */
  lastEvent(key: number): number;

  saveDocument(kind: DocumentKind, id: string, document: JsonObject): void;
  removeDocument(kind: DocumentKind, id: string): void;
  document(kind: DocumentKind, id: string): JsonObject | undefined;
  documents(kind: DocumentKind): readonly JsonObject[];
  close(): void;
}

/** What belongs to no execution: by ARN, definitions by their revision. */
export type DocumentKind = 'machine' | 'revision' | 'version' | 'alias' | 'activity' | 'map-run';

export type ExecutionChange = {
  readonly key: number;
  /** Present when the execution is new or its status has changed. */
  readonly record?: ExecutionRecord | undefined;
  /** As they are now, not as they were when they were handed in: the store prints them at once. */
  readonly frames: readonly Frame[];
  readonly removed: readonly number[];
  /** The store's own from then on: nobody adds to them. */
  readonly events: readonly HistoryEvent[];
  /** Called in the commit, for what else is to be written with it. Once more when the commit was refused. */
  readonly also?: (() => void) | undefined;
};

/** `more` is what only the engine reads. */
export type ExecutionRecord = {
  readonly key: number;
  readonly arn: string;
  readonly machineArn: string;
  readonly mapRunArn: string | undefined;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  readonly input: string;
  readonly output: string | undefined;
  readonly more: JsonObject;
};

/** `before`: only those with a smaller key, which is how pages are turned. */
export type ExecutionQuery = {
  readonly machineArn?: string;
  /** Of a version or an alias that the machine was started by. */
  readonly startedBy?: string;
  readonly mapRunArn?: string;
  readonly status?: ExecutionStatus;
  readonly redriven?: boolean;
  readonly before?: number;
  readonly limit: number;
};
