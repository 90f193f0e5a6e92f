import * as z from 'zod/mini';

const schema = z.object({ detail: z.object({ schedules: z.boolean() }) });

/** The reconciler's input. EventBridge sends none. `gluewright run` sets `schedules: false`, so that only the requested run starts. */
export function readSweep(event: unknown): { readonly schedules?: boolean } {
  return schema.safeParse(event).data?.detail ?? {};
}
