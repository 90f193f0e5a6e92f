import type { Json, JsonObject } from '../../../shared/json.ts';
import type { ExecutionStatusDetail } from './execution-status-detail.ts';

/** What is to be done outside once a transition is on disk. */
export type Command =
  | { readonly kind: 'call'; readonly frame: number; readonly call: CallOrder }
  | { readonly kind: 'cancel'; readonly frame: number; readonly call: CallOrder }
  /** No source: there are none. */
  | {
      readonly kind: 'read-items';
      readonly frame: number;
      readonly token: string;
      readonly source: ItemSource | undefined;
    }
  | { readonly kind: 'start-item'; readonly frame: number; readonly token: string; readonly item: ItemOrder }
  | {
      readonly kind: 'gather-items';
      readonly frame: number;
      readonly token: string;
      readonly mapRunArn: string;
      readonly writer: ResultWriter | undefined;
    }
  | { readonly kind: 'stop-items'; readonly mapRunArn: string };

/** What others are to learn of a transition: it is written with it, so that no crash comes between the two. */
export type Notice =
  | { readonly kind: 'status'; readonly detail: ExecutionStatusDetail }
  | {
      readonly kind: 'map-run';
      readonly mapRunArn: string;
      readonly at: number;
      readonly status: MapRunStatus;
      /** As they are from now on: all of them when it starts. */
      readonly limits?: Partial<MapRunLimits>;
    };

export type CallOrder = {
  readonly token: string;
  readonly resource: string;
  readonly arguments: Json;
  readonly stateName: string;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
};

/** Where a distributed Map reads its items: an object of S3, or a listing. */
export type ItemSource = {
  readonly resource: string;
  readonly arguments: JsonObject;
  /** `ReaderConfig` with its values. */
  readonly config: JsonObject;
  readonly maxItems: number | undefined;
};

/** One child execution of a distributed Map. */
export type ItemOrder = {
  readonly mapRunArn: string;
  readonly index: number;
  readonly scope: number;
  readonly express: boolean;
  readonly input: Json;
  /** `$$.Map.Item` in the child. */
  readonly context: JsonObject | undefined;
};

export type ResultWriter = { readonly arguments: JsonObject | undefined; readonly config: JsonObject };

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** 0: no limit, or none tolerated. */
export type MapRunLimits = {
  readonly maxConcurrency: number;
  readonly toleratedCount: number;
  readonly toleratedPercentage: number;
};
