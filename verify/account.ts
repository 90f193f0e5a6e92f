import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../shared/json.ts';

/**
 * An account as the checks see it: AWS's own or the embedded runtime's. Everything made in it is named with the prefix
 * and removed by `cleanUp`.
 */
export interface Account {
  readonly glue: GlueClient;
  /** Does not retry refused calls. */
  readonly once: GlueClient;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  /** Contains a random part, so it is unique. */
  readonly prefix: string;
  /** What this account lacks, and why. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  /** The service's time, in epoch milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** @returns its name */
  makeJob(job: ThrowAwayJob): Promise<string>;
  /** A Standard machine. @returns its ARN */
  makeMachine(name: string, definition: JsonObject): Promise<string>;
  /** A bucket that sends its events to EventBridge. @returns its name */
  makeBucket(): Promise<string>;
  /** A crawler of an empty prefix of the bucket, if the account has crawlers. @returns its name */
  makeCrawler(bucket: string): Promise<string>;
  /** Events for everything with the prefix, in order of arrival. */
  events(): Promise<readonly SeenEvent[]>;
  cleanUp(): Promise<readonly Leftover[]>;
}

/** What checks may need but some accounts lack. */
export type Need = 'retries' | 'crawlers' | 'data quality';

export type ThrowAwayJob = {
  readonly name: string;
  /** `lasts`: longer than any check waits. */
  readonly does: 'succeeds' | 'fails' | 'lasts';
  readonly maxConcurrentRuns: number;
  readonly timeoutMinutes?: number;
  readonly maxRetries?: number;
};

export type SeenEvent = {
  /** The time of delivery, in epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  /** As it came. */
  readonly whole: JsonObject;
};

/** Something that could not be removed. */
export type Leftover = { readonly what: string; readonly why: string };

/** The kinds of events to watch, for everything with the prefix. */
export function watchPattern(prefix: string): JsonObject {
  return {
    $or: [
      { source: ['aws.glue'], detail: { jobName: [{ prefix }] } },
      { source: ['aws.glue'], detail: { crawlerName: [{ prefix }] } },
      { source: ['aws.s3'], detail: { bucket: { name: [prefix] } } },
    ],
  };
}
