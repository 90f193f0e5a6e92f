import type { JsonObject } from '../../../shared/json.ts';
import type { Catcher, StateDefinition } from '../definition/program.ts';
import type { Frame } from '../run/execution.ts';
import type { FailureDetails } from '../run/failed-try.ts';
import type { Exit } from '../run/outcome.ts';
import type { Turn } from '../run/turn.ts';
import { pathExit } from './path-data.ts';
import { evaluatedExit } from './state-data.ts';

/** How a state is left by a Catch. AWS gives both members of the error output, null where it has none. */
export async function caughtOutcome(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  catcher: Catcher,
  failure: FailureDetails,
): Promise<Exit> {
  const errorOutput: JsonObject = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  const catching: StateDefinition = { ...state, fields: catcher.fields, next: catcher.next };
  if (state.language === 'JSONPath') return pathExit(turn, frame, catching, errorOutput);
  return await evaluatedExit(turn, frame, catching, errorOutput, { errorOutput });
}
