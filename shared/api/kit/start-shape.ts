import * as z from 'zod/mini';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Interval } from '../../model/pipeline.ts';
import { runStatus } from '../../views/run/run-view.ts';
import { timeOf } from '../../views/shapes.ts';
import { described } from './described.ts';
import { type Refusal, refuse } from './operation.ts';
import { time } from './params.ts';

/** The body of a request for a run. */
export const startShape = z.strictObject({
  // a record of zod would drop `__proto__`, which must be refused
  params: z.exactOptional(described(z.custom<JsonObject>(isJsonObject), () => ({ type: 'object' }))),
  interval: z.exactOptional(z.strictObject({ start: time, end: time })),
});

export const startedRun = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** The request came before: this is the run that it started then. */
  again: z.boolean(),
});

/** Undefined: it is an interval, or absent. */
export function noInterval(interval: Interval | undefined): Refusal | undefined {
  if (interval === undefined || timeOf(interval.start) < timeOf(interval.end)) return undefined;
  return refuse(409, ['the interval ends before it begins']);
}
