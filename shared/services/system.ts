import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Clients } from '../calls/clients.ts';
import type { JsonObject } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Stack } from '../tasks/task-kind.ts';
import type { Catalog } from './catalog.ts';

/** Everything a use case touches. At home and in the cloud the same code runs on another one of these. */
export type System = {
  /** Marks the work that is ours: two stages in one account never touch each other's. */
  readonly stack: string;
  /** Where work leaves its outputs: `s3://BUCKET/outputs/RUN/TASK-ATTEMPT.json`. */
  readonly outputBucket: string;
  /** True on AWS, where a deployment takes effect bit by bit: what is missing or denied may be there minutes later. */
  readonly settles: boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Resolves after so many milliseconds; at home, once those who waited before have gone on. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly ledger: Ledger;
  readonly sfn: SFNClient;
  /** Of the services that tasks run on. */
  readonly clients: Clients;
  /** Absent: nobody is told of anything. */
  readonly events?: EventBridgeClient;
  readonly objects: ObjectStore;
  /** What a job run wrote; undefined: there is no such, or it is gone. Absent: logs are not read here. */
  readonly readLog?: (id: string) => Promise<WorkLog | undefined>;
  readonly catalog: Catalog;
  readonly log: Log;
};

/** What kinds of tasks need to know of the stack. */
export function stackOf({ stack, outputBucket }: Pick<System, 'stack' | 'outputBucket'>): Stack {
  return { name: stack, outputBucket };
}

/** One structured line for each decision. No payloads, no tokens. */
export type Log = (entry: LogEntry) => void;
export type LogEntry = JsonObject & { readonly message: string };

export interface ObjectStore {
  /** Reads at most `limit` bytes: a larger object is found, with its size and without its text. */
  get(bucket: string, key: string, limit: number): Promise<StoredObject | undefined>;
  put(bucket: string, key: string, text: string): Promise<void>;
}

/** What goes to standard output, and to standard error. */
export type WorkLog = { readonly output: string; readonly error: string };

export type StoredObject = {
  /** In bytes. */
  readonly size: number;
  /** Decoded as UTF-8. Absent: the object is larger than the limit. */
  readonly text?: string;
};
