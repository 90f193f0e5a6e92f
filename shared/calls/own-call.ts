import type { Json, JsonObject } from '../json.ts';
import type { ServiceCall } from './calls.ts';

/** A call of a task that Gluewright itself answers, not a service. */
export type OwnCall =
  | { readonly call: 'gluewright:StartRun'; readonly input: ChildRun }
  | {
      readonly call: 'gluewright:GetRun';
      readonly input: { readonly run: string; readonly outputs: readonly string[] };
    }
  /** The run that an attempt has asked for. */
  | { readonly call: 'gluewright:FindRun'; readonly input: Pick<ChildRun, 'pipeline' | 'parent'> }
  | { readonly call: 'gluewright:StopRun'; readonly input: { readonly run: string } }
  /** The status of the answer to a GET, or 0 without an answer. */
  | { readonly call: 'gluewright:GetUrl'; readonly input: { readonly url: string } }
  /** A null interval stands for datasets published without one. */
  | {
      readonly call: 'gluewright:GetDataset';
      readonly input: {
        readonly dataset: string;
        readonly interval: { readonly start: string; readonly end: string } | null;
      };
    };

/** A repeated request of the same attempt returns the same run. */
export type ChildRun = {
  readonly pipeline: string;
  readonly params: JsonObject;
  /** From the task's expressions, so it may be any JSON. */
  readonly interval?: Json;
  readonly parent: { readonly run: string; readonly task: string; readonly attempt: number };
};

export type WorkCall = ServiceCall | OwnCall;

export function isOwn(call: WorkCall): call is OwnCall {
  return call.call.startsWith('gluewright:');
}
