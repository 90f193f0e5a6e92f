import type { JsonObject } from '../../../shared/json.ts';
import type { Catcher, StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { FailureDetails } from '../frames/failed-try.ts';
import type { Exit } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { pathExit } from './path-data.ts';
import { evaluatedExit } from './state-data.ts';

/**
 * How a state is left by a Catch. AWS gives both members of the error output: null where who failed the task said
 * nothing (recorded), an empty text where a time-out or a Fail state has none.
 */
export async function caughtOutcome(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  catcher: Catcher,
  failure: FailureDetails,
): Promise<Exit> {
  const missing = failure.missing === undefined ? '' : failure.missing;
  const errorOutput: JsonObject = { Error: failure.error ?? missing, Cause: failure.cause ?? missing };
  const catching: StateDefinition = { ...state, fields: catcher.fields, next: catcher.next };
  if (state.language === 'JSONPath') return pathExit(turn, frame, catching, errorOutput);
  return await evaluatedExit(turn, frame, catching, errorOutput, { errorOutput });
}
