import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../shared/json.ts';

/**
 * An account as the checks see it: AWS's own, or the embedded runtime's. Whatever is made in it is named by the prefix
 * and removed by `cleanUp`.
 */
export interface Account {
  readonly glue: GlueClient;
  /** Does not repeat a call that was refused. */
  readonly once: GlueClient;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  /** With a random part: nothing else is called so. */
  readonly prefix: string;
  /** What it cannot do, and why. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  /** The service's time, in epoch milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** @returns its name */
  makeJob(job: ThrowAwayJob): Promise<string>;
  /** A Standard machine. @returns its ARN */
  makeMachine(name: string, definition: JsonObject): Promise<string>;
  /** It sends its events to EventBridge. @returns its name */
  makeBucket(): Promise<string>;
  /** Of an empty prefix of the bucket. Only where crawlers are not lacking. @returns its name */
  makeCrawler(bucket: string): Promise<string>;
  /** Executions that CloudWatch counts as failed in the last hours. Only where metrics are not lacking. */
  failedRuns(dimensions: Readonly<Record<string, string>>): Promise<number>;
  /** Of all that bears the prefix, in the order in which they came. */
  events(): Promise<readonly SeenEvent[]>;
  cleanUp(): Promise<readonly Leftover[]>;
}

/** What a check may need that not every account has. */
export type Need = 'retries' | 'crawlers' | 'data quality' | 'metrics';

export type ThrowAwayJob = {
  readonly name: string;
  /** `lasts`: longer than any check waits. */
  readonly does: 'succeeds' | 'fails' | 'lasts';
  readonly maxConcurrentRuns: number;
  readonly timeoutMinutes?: number;
  readonly maxRetries?: number;
};

export type SeenEvent = {
  /** When it was delivered, in epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  /** As it came. */
  readonly whole: JsonObject;
};

/** Something that could not be removed. */
export type Leftover = { readonly what: string; readonly why: string };

/** What an account is asked to tell of, for everything that bears the prefix. */
export function watchPattern(prefix: string): JsonObject {
  return {
    $or: [
      { source: ['aws.glue'], detail: { jobName: [{ prefix }] } },
      { source: ['aws.glue'], detail: { crawlerName: [{ prefix }] } },
      { source: ['aws.s3'], detail: { bucket: { name: [prefix] } } },
    ],
  };
}
