import * as z from 'zod/mini';

const schema = z.object({ detail: z.object({ schedules: z.boolean() }) });

/** What the reconciler is to look at. AWS's own event says nothing; at home schedules are left alone where only one run is wanted. */
export function readSweep(event: unknown): { readonly schedules?: boolean } {
  return schema.safeParse(event).data?.detail ?? {};
}
