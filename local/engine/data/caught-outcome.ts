import type { JsonObject } from '../../../shared/json.ts';
import type { Catcher, StateDefinition } from '../definition/program.ts';
import type { Frame } from '../run/execution.ts';
import type { FailureDetails } from '../run/failed-try.ts';
import type { Exit } from '../run/outcome.ts';
import type { Turn } from '../run/turn.ts';
import { exitWith } from './state-data.ts';

/** How a state is left by a Catch. AWS gives both members, null where it has none. */
export async function caughtOutcome(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  catcher: Catcher,
  failure: FailureDetails,
): Promise<Exit> {
  const errorOutput: JsonObject = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  const { Assign, Output = errorOutput } = catcher.fields;
  const fields: JsonObject = { Output, ...(Assign !== undefined && { Assign }) };
  const outcome = await exitWith(turn, frame, { ...state, fields }, undefined, { errorOutput });
  return { ...outcome, next: catcher.next };
}
