import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Clients } from '../calls/clients.ts';
import type { OwnCall } from '../calls/own-call.ts';
import type { JsonObject } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Channel } from '../model/channel.ts';
import type { Message } from '../notices/message.ts';
import type { Stack } from '../tasks/kind/work-state.ts';
import type { Catalog } from './catalog.ts';
import type { ProjectState } from './project-state.ts';

/** Everything that a use case touches. Locally and on AWS, the same code runs on different systems. */
export type System = {
  /** Marks our work, so that two stages in one account leave each other's work alone. */
  readonly stack: string;
  /** Where tasks write their outputs: `s3://BUCKET/outputs/RUN/TASK-ATTEMPT.json`. */
  readonly outputBucket: string;
  /** True on AWS, where a deployment takes effect step by step: a missing or denied resource may work minutes later. */
  readonly settles: boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Resolves after so many milliseconds; locally, once everyone who waited before has continued. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly ledger: Ledger;
  readonly sfn: SFNClient;
  /** Clients of the services that run tasks. */
  readonly clients: Clients;
  /** Answers calls of tasks to Gluewright itself. Absent: the functions answer them. */
  readonly ownRuns?: (call: OwnCall) => Promise<unknown>;
  /** The status of the answer to a GET of an address; 0: it does not answer. */
  readonly visit: (url: string) => Promise<number>;
  /** Absent: no domain events are published. */
  readonly events?: EventBridgeClient;
  readonly objects: ObjectStore;
  /** For links to the console. Absent: locally, where there is none. */
  readonly region?: string;
  /**
   * The output of work, a page at a time; undefined: there is none, or no longer. Absent: this system reads no logs.
   */
  readonly readLog?: (wanted: LogWanted) => Promise<LogPage | undefined>;
  /** A temporary address of Spark's own pages for a job run. Absent: there are none here. */
  readonly sparkUi?: (id: string) => Promise<SparkUi>;
  /** Events that the local bus gave up. Absent: on AWS, where they are in the dead letter queue. */
  readonly undelivered?: Undelivered;
  readonly catalog: Catalog;
  /** The project's files on a developer's machine. Absent: a deployed stack has none. */
  readonly project?: () => ProjectState;
  /** Sends a notification. Absent: nobody is notified from here. @throws when it was not taken */
  readonly notify?: (channel: string, to: Channel, message: Message) => Promise<void>;
  readonly log: Log;
  /** Takes figures for graphs and alarms. Absent: nobody looks at them. */
  readonly measure?: (figures: Readonly<Record<SweepFigure, number>>) => void;
};

/** Of one sweep of the reconciler. */
export const sweepFigures = ['OpenItems', 'DueItems', 'LagSeconds'] as const;
export type SweepFigure = (typeof sweepFigures)[number];

export type Undelivered = {
  list(): readonly UndeliveredEvent[];
  /** Puts it on the bus again and drops the letter. A repeated event is harmless. */
  sendAgain(event: UndeliveredEvent): Promise<void>;
  forget(event: UndeliveredEvent): void;
};

/** `rule`: the rule whose target failed. `at`: when it was given up, epoch milliseconds. */
export type UndeliveredEvent = {
  readonly id: string;
  readonly rule: string;
  readonly error: string;
  readonly at: number;
};

/** What task kinds need to know about the stack. */
export function stackOf({ stack, outputBucket }: Pick<System, 'stack' | 'outputBucket'>): Stack {
  return { name: stack, outputBucket };
}

/** One structured line for each decision. No payloads, no tokens. */
export type Log = (entry: LogEntry) => void;
export type LogEntry = JsonObject & { readonly message: string };

export interface ObjectStore {
  /** Reads at most `limit` bytes. A larger object is reported with its size and without its text. */
  get(bucket: string, key: string, limit: number): Promise<StoredObject | undefined>;
  put(bucket: string, key: string, text: string): Promise<void>;
}

/** Selects lines of a work's output. `name` and `id` are the work's. */
export type LogWanted = {
  readonly name: string;
  readonly id: string;
  readonly from: 'start' | 'end';
  readonly limit: number;
  /** Only lines that contain this text. */
  readonly search?: string;
  /** `next`, or `after`, of the previous page. */
  readonly cursor?: string;
  /** The work is still running: an unfinished last line is left out. */
  readonly live: boolean;
};

export type LogPage = {
  readonly lines: readonly LogLine[];
  /** More lines follow in reading direction. */
  readonly next?: string;
  /** Where to continue once more was written. Absent if the page was read from the end. */
  readonly after?: string;
};

/** `at`: epoch milliseconds, if known. */
export type LogLine = { readonly stream: 'output' | 'error'; readonly text: string; readonly at?: number };

export type SparkUi = { readonly url: string } | { readonly problem: string };

export type StoredObject = {
  /** In bytes. */
  readonly size: number;
  /** Decoded as UTF-8. Absent: the object is larger than the limit. */
  readonly text?: string;
};
