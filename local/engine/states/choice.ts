import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { evaluateChoiceRule } from '../choice/evaluate-choice-rule.ts';
import { evaluate } from '../data/evaluate.ts';
import { expressionText } from '../data/number-field.ts';
import { pathScope, selectedInput } from '../data/path-data.ts';
import { exitWithInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import { unexpectedResultType } from '../jsonata/query-evaluation-error.ts';
import type { Frame } from '../run/execution.ts';
import { FailedTry } from '../run/failed-try.ts';
import type { StateWork } from '../run/outcome.ts';
import type { Turn } from '../run/turn.ts';

export const choice: StateWork = async (turn, frame, state) => {
  const { Choices, Default } = state.fields;
  const rules: readonly Json[] = Array.isArray(Choices) ? Choices : [];
  for (const [index, rule] of rules.entries()) {
    if (isJsonObject(rule) && (await holds(turn, frame, state, rule, index))) {
      return await exitWithInput(turn, frame, chosen(state, rule));
    }
  }
  if (typeof Default === 'string') return { ...(await exitWithInput(turn, frame, state)), next: Default };
  const where = `An error occurred while executing the state '${state.name}' (entered at the event id #${frame.entered}).`;
  const cause = `${where} Failed to transition out of the state. The state does not point to a next state.`;
  throw new FailedTry({ error: 'States.NoChoiceMatched', cause });
};

async function holds(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  rule: JsonObject,
  index: number,
): Promise<boolean> {
  if (state.language === 'JSONPath') {
    return evaluateChoiceRule(rule, pathScope(turn, frame, selectedInput(turn, frame, state)));
  }
  const { Condition = false } = rule;
  const field = `Choices[${index}]/Condition`;
  const result = await evaluate(turn, frame, Condition, field, {});
  if (typeof result === 'boolean') return result;
  throw unexpectedResultType(expressionText(Condition), field, 'boolean', result);
}

/** A rule that holds brings its own Assign and Output; the state's own belong to its Default. */
function chosen(state: StateDefinition, rule: JsonObject): StateDefinition {
  const { Assign: _assign, Output: _output, ...others } = state.fields;
  const { Assign, Output, Next } = rule;
  const fields = { ...others, ...(Assign !== undefined && { Assign }), ...(Output !== undefined && { Output }) };
  return { ...state, fields, next: typeof Next === 'string' ? Next : undefined };
}
