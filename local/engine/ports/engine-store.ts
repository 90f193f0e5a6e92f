import type { JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import type { ExecutionStatus } from '../frames/execution-status-detail.ts';
import type { HistoryEvent } from '../history/history-event.ts';

/** The engine's storage. One implementation uses SQLite, and the other ends with the process. */
export interface EngineStore {
  /** A commit waits for the disk, so it is worth combining transitions. */
  readonly durable: boolean;
  /** Atomic, and on disk when it returns. @throws the disk's error, with nothing changed */
  commit(changes: readonly ExecutionChange[]): void;
  /** The number of the next execution. */
  nextKey(): number;
  execution(arn: string): ExecutionRecord | undefined;
  /** Newest first. */
  executions(query: ExecutionQuery): readonly ExecutionRecord[];
  /** All executions that have not ended. */
  running(): readonly ExecutionRecord[];
  frames(key: number): readonly Frame[];
  /** Events starting at the id `from` (downwards if reversed). */
  history(key: number, from: number, limit: number, reverse: boolean): readonly HistoryEvent[];
  /** The id of the last event. */
  lastEvent(key: number): number;

  saveDocument(kind: DocumentKind, id: string, document: JsonObject): void;
  removeDocument(kind: DocumentKind, id: string): void;
  document(kind: DocumentKind, id: string): JsonObject | undefined;
  documents(kind: DocumentKind): readonly JsonObject[];
  close(): void;
}

/** Data of no execution: documents by ARN, definitions by revision. */
export type DocumentKind = 'machine' | 'revision' | 'version' | 'alias' | 'activity' | 'map-run';

export type ExecutionChange = {
  readonly key: number;
  /** Present if the execution is new or its status has changed. */
  readonly record?: ExecutionRecord | undefined;
  /** Their current values, and not those at the time of the call, because the store prints them at once. */
  readonly frames: readonly Frame[];
  readonly removed: readonly number[];
  /** Owned by the store from now on: nobody may add to them. */
  readonly events: readonly HistoryEvent[];
  /** Called within the commit, for other writes that belong to it. Called again if the commit was refused. */
  readonly also?: (() => void) | undefined;
};

/** `more` is read only by the engine. */
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

/** `before`: only executions with a smaller key, for pagination. */
export type ExecutionQuery = {
  readonly machineArn?: string;
  /** The version or alias through which it was started. */
  readonly startedBy?: string;
  readonly mapRunArn?: string;
  readonly status?: ExecutionStatus;
  readonly redriven?: boolean;
  readonly before?: number;
  readonly limit: number;
};
