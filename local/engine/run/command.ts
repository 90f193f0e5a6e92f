import type { Json, JsonObject } from '../../../shared/json.ts';
import type { ExecutionStatusDetail } from '../execution-status-detail.ts';

/** What is to be done outside once a transition is on disk. */
export type Command =
  | { readonly kind: 'call'; readonly frame: number; readonly call: CallOrder }
  | { readonly kind: 'cancel'; readonly frame: number; readonly call: CallOrder }
  | { readonly kind: 'status'; readonly detail: ExecutionStatusDetail };

export type CallOrder = {
  readonly token: string;
  readonly resource: string;
  readonly arguments: Json;
  readonly stateName: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly credentials?: JsonObject;
};
