import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Clients } from '../calls/clients.ts';
import type { OwnCall } from '../calls/own-call.ts';
import type { JsonObject } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Stack } from '../tasks/task-kind.ts';
import type { Catalog } from './catalog.ts';
import type { ProjectState } from './project-state.ts';

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
  /** Does what tasks ask of Gluewright itself. Absent: the functions do it. */
  readonly ownRuns?: (call: OwnCall) => Promise<unknown>;
  /** Absent: nobody is told of anything. */
  readonly events?: EventBridgeClient;
  readonly objects: ObjectStore;
  /** Where the services are. Absent: at home, where they have no console. */
  readonly region?: string;
  /** What a work wrote, a page at a time; undefined: there is nothing of it, or no longer. Absent: logs are not read here. */
  readonly readLog?: (wanted: LogWanted) => Promise<LogPage | undefined>;
  /** An address at which Spark's own pages show a job run, for a while. Absent: there are none here. */
  readonly sparkUi?: (id: string) => Promise<SparkUi>;
  /** Events that the bus has given up. Absent: on AWS, where they are in the queue of dead letters. */
  readonly undelivered?: Undelivered;
  readonly catalog: Catalog;
  /** The project's files on a developer's machine. Absent: a deployed stack has none. */
  readonly project?: () => ProjectState;
  readonly log: Log;
};

export type Undelivered = {
  list(): readonly UndeliveredEvent[];
  /** Puts it on the bus once more, and forgets it. Whoever hears of an event twice takes it once. */
  sendAgain(event: UndeliveredEvent): Promise<void>;
  forget(event: UndeliveredEvent): void;
};

/** `rule`: whose target did not take it. `at`: when it was given up, epoch milliseconds. */
export type UndeliveredEvent = {
  readonly id: string;
  readonly rule: string;
  readonly error: string;
  readonly at: number;
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

/** Which lines of what a work wrote are wanted. `name` and `id` are the work's. */
export type LogWanted = {
  readonly name: string;
  readonly id: string;
  readonly from: 'start' | 'end';
  readonly limit: number;
  /** Only lines that hold it. */
  readonly search?: string;
  /** `next`, or `after`, of the page before. */
  readonly cursor?: string;
  /** It goes on: a last line without an end is not whole yet. */
  readonly live: boolean;
};

export type LogPage = {
  readonly lines: readonly LogLine[];
  /** There is more, seen from where the page before ended. */
  readonly next?: string;
  /** Where to go on once more has been written. Absent where the page was read from the end. */
  readonly after?: string;
};

/** `at`: epoch milliseconds, where they are known. */
export type LogLine = { readonly stream: 'output' | 'error'; readonly text: string; readonly at?: number };

export type SparkUi = { readonly url: string } | { readonly problem: string };

export type StoredObject = {
  /** In bytes. */
  readonly size: number;
  /** Decoded as UTF-8. Absent: the object is larger than the limit. */
  readonly text?: string;
};
