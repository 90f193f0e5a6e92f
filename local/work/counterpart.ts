import type { JsonObject } from '../../shared/json.ts';
import type { EventEntry } from '../events/event.ts';
import type { Service } from '../service/service.ts';
import type { LocalWork } from './local-work.ts';

/** What stands for the service of one kind of task in the embedded AWS. */
export type Counterpart = {
  /** As in the `x-amz-target` of its calls. */
  readonly service: string;
  /** As in `arn:aws:states:::aws-sdk:SERVICE:…`. */
  readonly integration: string;
  /** The calls that the kind sends, and what people call of it. */
  operations(works: Works, now: () => number): Service['operations'];
  /** What the service tells of a work's beginning or end. Undefined: nothing. */
  event(work: LocalWork): EventEntry | undefined;
};

/** All work of one kind. */
export interface Works {
  /**
   * Begins work.
   *
   * @param key the same key begins nothing a second time, and answers with what it began the first time
   * @throws {ServiceError} nothing here says how such work is done
   */
  start(name: string, input: JsonObject, key?: string): LocalWork;
  get(id: string): LocalWork | undefined;
  /** Newest first. */
  of(name: string, limit: number): readonly LocalWork[];
  /** The end is told as any other. Work that has ended is left alone. */
  stop(id: string): void;
  /** Whether anything says how work of that thing is done. */
  isKnown(name: string): boolean;
}
