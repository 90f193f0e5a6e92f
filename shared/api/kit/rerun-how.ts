import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { RerunHow } from '../../runs/run/plan-rerun.ts';
import { name } from './params.ts';

const tasks = z.exactOptional(z.array(name).check(z.maxLength(5_000)));

/** What to run again: see `RerunHow`. */
export const rerunHow = z.strictObject({
  failed: z.exactOptional(z.literal(true)),
  all: z.exactOptional(z.literal(true)),
  from: tasks,
  only: tasks,
  skip: tasks,
  markSucceeded: tasks,
});

/** Drops the other fields of a body. */
export function howOf({ failed, all, from, only, skip, markSucceeded }: z.output<typeof rerunHow>): RerunHow {
  return {
    ...present({ failed, all, from, only, skip, markSucceeded }),
  };
}
