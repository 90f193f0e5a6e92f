import * as z from 'zod/mini';
import { jsonObject } from '../shapes.ts';

/** Why a run or task is not running, has not ended, or ended as it did. */
export const whyView = z.object({
  run: z.string(),
  task: z.exactOptional(z.string()),
  /** For programs. */
  code: z.string(),
  facts: jsonObject,
  /** For people. */
  sentence: z.string(),
});
export type WhyView = z.output<typeof whyView>;
