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
  | { readonly call: 'gluewright:StartMap'; readonly input: ChildRuns }
  /** The items of an attempt. `GatherOutputs`: their outputs, once all have ended. */
  | {
      readonly call: 'gluewright:GetMap' | 'gluewright:StopMap' | 'gluewright:GatherOutputs';
      readonly input: Parent;
    }
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

type Parent = { readonly run: string; readonly task: string; readonly attempt: number };

/** A repeated request of the same attempt, or for the same item of it, returns the same run. */
export type ChildRun = {
  readonly pipeline: string;
  readonly params: JsonObject;
  /** From the task's expressions, so it may be any JSON. */
  readonly interval?: Json;
  /** `index`: the item that the run is for. */
  readonly parent: Parent & { readonly index?: number };
  /** The item's name for people. */
  readonly item?: string;
  /** An earlier run for the same item: its failed tasks run again, and the others are kept. */
  readonly again?: string;
};

/** A run for each item. A repeated request of the same attempt starts nothing twice. */
export type ChildRuns = {
  readonly pipeline: string;
  readonly over: ItemSource;
  readonly params: JsonObject;
  readonly interval?: Json;
  /** JSON text of parameters and interval whose expressions are evaluated for each item. */
  readonly each?: string;
  /** How many items run at the same time. Absent: as many as the pipeline runs. */
  readonly concurrency?: number;
  readonly tolerated: Tolerated;
  /** Tasks of the pipeline whose outputs are gathered. */
  readonly outputs: readonly string[];
  readonly parent: Parent;
};

/** Where the items come from. The values come from expressions, so they may be any JSON. */
export type ItemSource =
  | { readonly list: Json }
  | { readonly dates: { readonly from: Json; readonly to: Json; readonly by: DateStep } }
  /** The address of a folder: an item for each object below it. */
  | { readonly objects: Json }
  /** The address of a CSV file, of JSON Lines, or of a JSON list: an item for each row. */
  | { readonly rows: Json };

export const dateSteps = ['hour', 'day', 'week', 'month'] as const;
export type DateStep = (typeof dateSteps)[number];

/** How many items, or which percentage of them, may fail without failing the task. */
export type Tolerated = { readonly items: number } | { readonly percent: number };

export type WorkCall = ServiceCall | OwnCall;

export function isOwn(call: WorkCall): call is OwnCall {
  return call.call.startsWith('gluewright:');
}
