import * as z from 'zod/mini';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { runStatus } from '../../views/run-view.ts';

const instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);

/** What a run may be started with. */
export const startShape = z.strictObject({
  // a record of zod would leave out `__proto__`, which is to be refused
  params: z.exactOptional(z.custom<JsonObject>(isJsonObject)),
  interval: z.exactOptional(
    z
      .strictObject({ start: instant, end: instant })
      .check(z.refine(({ start, end }) => Date.parse(start) < Date.parse(end))),
  ),
});

export const startedRun = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** The same request has come before: it is the run that it started then. */
  again: z.boolean(),
});
