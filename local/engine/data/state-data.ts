import type { Json, JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../run/execution.ts';
import type { Exit } from '../run/outcome.ts';
import type { Turn } from '../run/turn.ts';
import { type Bound, evaluate, evaluateObject } from './evaluate.ts';

/** What the state's work is given: `Arguments`, or `InputPath` and `Parameters`. */
export async function workInput(turn: Turn, frame: Frame, state: StateDefinition, bound: Bound = {}): Promise<Json> {
  const { Arguments } = state.fields;
  if (Arguments === undefined) return frame.documents.input;
  return await evaluate(turn, frame, Arguments, 'Arguments', bound);
}

/** How the state is left when its work has given `result`: `Output` and `Assign`, or `ResultSelector`, `ResultPath`, `OutputPath`. */
export async function exitWith(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  result: Json | undefined,
  bound: Bound = {},
): Promise<Exit> {
  const given = result === undefined ? bound : { ...bound, result };
  const { Assign, Output } = state.fields;
  const assigned = await assign(turn, frame, Assign, given);
  const output =
    Output === undefined ? (result ?? frame.documents.input) : await evaluate(turn, frame, Output, 'Output', given);
  return { kind: 'exit', output, assigned, next: state.next };
}

async function assign(
  turn: Turn,
  frame: Frame,
  template: Json | undefined,
  bound: Bound,
): Promise<JsonObject | undefined> {
  if (template === undefined || typeof template !== 'object' || template === null || Array.isArray(template))
    return undefined;
  return await evaluateObject(turn, frame, template as JsonObject, 'Assign', bound);
}
