import * as z from 'zod/mini';
import { occasions } from '../model/channel.ts';

/** Something that people want to know. It stands in the ledger until a sweep has taken it. `at`: epoch milliseconds. */
export const notice = z.object({
  occasion: z.enum(occasions),
  pipeline: z.string(),
  run: z.string(),
  /** Only for an approval. */
  task: z.exactOptional(z.string()),
  at: z.number(),
});
export type Notice = z.output<typeof notice>;
