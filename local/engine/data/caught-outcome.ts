import type { JsonObject } from '../../../shared/json.ts';
import type { Catcher, StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { FailureDetails } from '../frames/failed-try.ts';
import type { Exit } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { pathExit } from './path-data.ts';
import { evaluatedExit } from './state-data.ts';

/**
 * The outcome of a state that a Catch handles. AWS includes both members of the error output: null if the failing task
 * gave none (recorded), and an empty string for a time-out or a Fail state.
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
