import { isJsonObject, type Json } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { Exit } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { type Bound, evaluate, evaluateObject } from './evaluate.ts';
import { pathExit, pathWorkInput, selectedInput } from './path-data.ts';

/** The input of the state's work: `Arguments`, or `InputPath` and `Parameters`. */
export function workInput(turn: Turn, frame: Frame, state: StateDefinition, bound: Bound = {}): Json | Promise<Json> {
  if (state.language === 'JSONPath') return pathWorkInput(turn, frame, state, bound);
  const { Arguments } = state.fields;
  if (Arguments === undefined) return frame.documents.input;
  return evaluate(turn, frame, Arguments, 'Arguments', bound);
}

/** The outcome of the state after its work returned `result`. */
export function exitWith(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  result: Json,
  bound: Bound = {},
): Exit | Promise<Exit> {
  if (state.language === 'JSONPath') return pathExit(turn, frame, state, result, bound);
  return evaluatedExit(turn, frame, state, result, { ...bound, result });
}

/** The outcome of a state without a result of its own. By default its output is its input. */
export function exitWithInput(turn: Turn, frame: Frame, state: StateDefinition): Exit | Promise<Exit> {
  if (state.language === 'JSONata') return evaluatedExit(turn, frame, state, frame.documents.input, {});
  return pathExit(turn, frame, state, selectedInput(turn, frame, state));
}

/** `Assign` and `Output`. */
export async function evaluatedExit(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  otherwise: Json,
  bound: Bound,
): Promise<Exit> {
  const { Assign, Output } = state.fields;
  const assigned = isJsonObject(Assign) ? await evaluateObject(turn, frame, Assign, 'Assign', bound) : undefined;
  const output = Output === undefined ? otherwise : await evaluate(turn, frame, Output, 'Output', bound);
  return { kind: 'exit', output, assigned, next: state.next };
}
