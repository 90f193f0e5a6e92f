import { numberField } from '../../data/number-field.ts';
import { outOfRange } from '../../data/out-of-range.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { Frame } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

/** How many iterations of a Map may run concurrently. 0 means no limit. */
export async function maxConcurrency(turn: Turn, frame: Frame, state: StateDefinition): Promise<number> {
  const value = (await numberField(turn, frame, state, 'MaxConcurrency')) ?? 0;
  if (value >= 0) return value;
  const problem = `Expected non-negative integer for MaxConcurrency, but got '${value}' instead.`;
  throw outOfRange(state, 'MaxConcurrency', problem);
}
