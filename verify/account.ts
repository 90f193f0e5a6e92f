import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../shared/json.ts';

/**
 * An account as the checks see it: one of AWS, or the embedded runtime. Everything made in it has the prefix in its name,
 * and `cleanUp` removes it.
 */
export interface Account {
  readonly glue: GlueClient;
  /** Does not retry refused calls. */
  readonly once: GlueClient;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  /** Has a random part, so no other thing has the name. */
  readonly prefix: string;
  /** The reason for each need that the account lacks. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  /** The service's time, in epoch milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** @returns its name */
  makeJob(job: ThrowAwayJob): Promise<string>;
  /** A Standard machine. @returns its ARN */
  makeMachine(name: string, definition: JsonObject): Promise<string>;
  /** The bucket sends its events to EventBridge. @returns its name */
  makeBucket(): Promise<string>;
  /** Crawls an empty prefix of the bucket. Not for accounts that lack crawlers. @returns its name */
  makeCrawler(bucket: string): Promise<string>;
  /** The failed executions of the last hours, as CloudWatch counts them. Not for accounts that lack metrics. */
  failedRuns(dimensions: Readonly<Record<string, string>>): Promise<number>;
  /** The events of everything with the prefix, in the order of their arrival. */
  events(): Promise<readonly SeenEvent[]>;
  cleanUp(): Promise<readonly Leftover[]>;
}

/** A feature that a check may need and an account may lack. */
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
  /** The time of delivery, in epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  /** The whole event. */
  readonly whole: JsonObject;
};

/** Something that could not be removed. */
export type Leftover = { readonly what: string; readonly why: string };

/** The pattern of the events of everything with the prefix. */
export function watchPattern(prefix: string): JsonObject {
  return {
    $or: [
      { source: ['aws.glue'], detail: { jobName: [{ prefix }] } },
      { source: ['aws.glue'], detail: { crawlerName: [{ prefix }] } },
      { source: ['aws.s3'], detail: { bucket: { name: [prefix] } } },
    ],
  };
}
