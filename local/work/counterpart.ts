import type { JsonObject } from '../../shared/json.ts';
import type { Work } from '../../shared/tasks/kinds.ts';
import type { EventEntry } from '../events/event.ts';
import type { Routes } from '../service/rest-service.ts';
import type { Service } from '../service/service.ts';
import type { LocalWork } from './local-work.ts';

/** The local service of one kind of task. */
export type Counterpart = {
  /** The service's prefix in `x-amz-target`. For a service with `routes`: its name in signatures. */
  readonly service: string;
  /** Present for services with a REST protocol. */
  readonly routes?: Routes;
  /** As in `arn:aws:states:::aws-sdk:SERVICE:…`. */
  readonly integration: string;
  /** The kind's calls, and related calls that people make. */
  operations(works: Works, now: () => number): Service['operations'];
  /**
   * Whether a call with this input may start a task's work. Absent: the name tells works apart.
   */
  isStartedBy?(work: Work, input: JsonObject): boolean;
  /**
   * Environment variables from the call's input, for the program that does the work. `GLUEWRIGHT_OUTPUT` contains the
   * address for the output.
   */
  environment?(input: JsonObject): Readonly<Record<string, string>>;
  /** The event for the start or end of work. Undefined if the service sends none. */
  event(work: LocalWork): EventEntry | undefined;
};

/** All work of one kind. */
export interface Works {
  /**
   * Starts work.
   *
   * @param key makes the call idempotent: the same key returns the work that it started before
   * @throws {ServiceError} if nothing here says how to do such work
   */
  start(name: string, input: JsonObject, key?: string): LocalWork;
  get(id: string): LocalWork | undefined;
  /** Newest first. */
  of(name: string, limit: number): readonly LocalWork[];
  /** Stops the work, which reports its end as usual. Has no effect on ended work. */
  stop(id: string): void;
  /** Whether anything says how to do work of this name. */
  isKnown(name: string): boolean;
}
