import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { evaluate } from '../data/evaluate.ts';
import { exitWith } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import { unexpectedResultType } from '../jsonata/query-evaluation-error.ts';
import type { Frame } from '../run/execution.ts';
import { FailedTry } from '../run/failed-try.ts';
import type { StateWork } from '../run/outcome.ts';
import type { Turn } from '../run/turn.ts';

export const choice: StateWork = async (turn, frame, state) => {
  const { Choices, Default } = state.fields;
  for (const [index, rule] of (Array.isArray(Choices) ? Choices : []).entries()) {
    if (!isJsonObject(rule) || !(await holds(turn, frame, rule, index))) continue;
    return await exitWith(turn, frame, chosen(state, rule), undefined);
  }
  if (typeof Default !== 'string') {
    const cause = `An error occurred while executing the state '${state.name}' (entered at the event id #${frame.entered}). Failed to transition out of the state. The state does not point to a next state.`;
    throw new FailedTry({ error: 'States.NoChoiceMatched', cause });
  }
  return { ...(await exitWith(turn, frame, state, undefined)), next: Default };
};

async function holds(turn: Turn, frame: Frame, rule: JsonObject, index: number): Promise<boolean> {
  const { Condition } = rule;
  if (Condition === undefined) return false;
  const field = `Choices[${index}]/Condition`;
  const result = await evaluate(turn, frame, Condition, field, {});
  if (typeof result === 'boolean') return result;
  const expression = typeof Condition === 'string' ? Condition.slice(2, -2).trim() : '';
  throw unexpectedResultType(expression, field, 'boolean', result);
}

/** A rule that matches brings its own Assign and Output; those of the state are the default's. */
function chosen(state: StateDefinition, rule: JsonObject): StateDefinition {
  const { Assign: _assign, Output: _output, ...others } = state.fields;
  const { Assign, Output, Next } = rule;
  return {
    ...state,
    fields: { ...others, ...(Assign !== undefined && { Assign }), ...(Output !== undefined && { Output }) },
    next: typeof Next === 'string' ? Next : undefined,
  };
}
