import type { Json, JsonObject } from '../../../shared/json.ts';
import type { ExecutionStatusDetail } from './execution-status-detail.ts';

/** A command to perform once its transition is on disk. */
export type Command =
  | { readonly kind: 'call'; readonly frame: number; readonly call: CallOrder }
  | { readonly kind: 'cancel'; readonly frame: number; readonly call: CallOrder }
  /** Without a source there is none. */
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

/** What others must learn about a transition. It is written with the transition, so that no crash separates them. */
export type Notice =
  | { readonly kind: 'status'; readonly detail: ExecutionStatusDetail }
  | {
      readonly kind: 'map-run';
      readonly mapRunArn: string;
      readonly at: number;
      readonly status: MapRunStatus;
      /** The current values: all of them at the start. */
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

/** The source of a distributed Map's items: an S3 object or a listing. */
export type ItemSource = {
  readonly resource: string;
  readonly arguments: JsonObject;
  /** `ReaderConfig` with its expressions evaluated. */
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
  /** `$$.Map.Item` of the child. */
  readonly context: JsonObject | undefined;
};

export type ResultWriter = { readonly arguments: JsonObject | undefined; readonly config: JsonObject };

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** 0: no limit, or no failures tolerated. */
export type MapRunLimits = {
  readonly maxConcurrency: number;
  readonly toleratedCount: number;
  readonly toleratedPercentage: number;
};
