import type { JsonObject } from '../../../shared/json.ts';
import { asJson } from '../data/json-text.ts';
import type { MapRunLimits, MapRunStatus } from '../frames/command.ts';
import type { MachineType } from '../frames/execution.ts';

/** A state machine as stored. Dates are epoch milliseconds. */
export type MachineDocument = {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly roleArn: string;
  readonly revision: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** As given, for display only: nothing is logged or traced here. */
  readonly loggingConfiguration?: JsonObject;
  readonly tracingConfiguration?: JsonObject;
};

/** A published version: a revision that is kept. */
export type VersionDocument = {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly revision: string;
  readonly description?: string;
  readonly createdAt: number;
};

export type AliasDocument = {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly { readonly versionArn: string; readonly weight: number }[];
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type ActivityDocument = {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
};

export type MapRunDocument = {
  readonly arn: string;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly status: MapRunStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly limits: MapRunLimits;
};

/** Only the engine writes documents, so reading returns what was written. */
export function readDocument<T>(document: JsonObject | undefined): T | undefined {
  const stored: unknown = document;
  return stored as T | undefined;
}

export function storedDocument(document: object): JsonObject {
  return asJson(document) as JsonObject;
}
