import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { evaluateChoiceRule } from '../choice/evaluate-choice-rule.ts';
import { evaluate } from '../data/evaluate.ts';
import { expressionText } from '../data/number-field.ts';
import { pathScope, selectedInput } from '../data/path-data.ts';
import { exitWithInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { FailedTry } from '../frames/failed-try.ts';
import type { Outcome, StateWork } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { unexpectedResultType } from '../jsonata/query-evaluation-error.ts';

export const choice: StateWork = (turn, frame, state) => {
  if (state.language === 'JSONata') return evaluatedChoice(turn, frame, state);
  const scope = pathScope(turn, frame, selectedInput(turn, frame, state));
  const rule = rulesOf(state).find((each) => evaluateChoiceRule(each, scope));
  return exitWithInput(turn, frame, rule === undefined ? otherwise(frame, state) : chosen(state, rule));
};

const evaluatedChoice = async (turn: Turn, frame: Frame, state: StateDefinition): Promise<Outcome> => {
  for (const [index, rule] of rulesOf(state).entries()) {
    const { Condition = false } = rule;
    const field = `Choices[${index}]/Condition`;
    const result = await evaluate(turn, frame, Condition, field, {});
    if (result === true) return await exitWithInput(turn, frame, chosen(state, rule));
    if (result !== false) throw unexpectedResultType(expressionText(Condition), field, 'boolean', result);
  }
  return await exitWithInput(turn, frame, otherwise(frame, state));
};

function rulesOf({ fields: { Choices } }: StateDefinition): readonly JsonObject[] {
  return Array.isArray(Choices) ? Choices.filter(isJsonObject) : [];
}

function otherwise(frame: Frame, state: StateDefinition): StateDefinition {
  const { Default } = state.fields;
  if (typeof Default === 'string') return { ...state, next: Default };
  const where = `An error occurred while executing the state '${state.name}' (entered at the event id #${frame.entered}).`;
  const cause = `${where} Failed to transition out of the state. The state does not point to a next state.`;
  throw new FailedTry({ error: 'States.NoChoiceMatched', cause });
}

const known = new WeakMap<JsonObject, StateDefinition>();

/** A matching rule uses its own Assign and Output. The state's own belong to its Default. Built once for each rule. */
function chosen(state: StateDefinition, rule: JsonObject): StateDefinition {
  const definition = known.get(rule) ?? definitionWith(state, rule);
  known.set(rule, definition);
  return definition;
}

function definitionWith(state: StateDefinition, rule: JsonObject): StateDefinition {
  const { Assign: _assign, Output: _output, ...others } = state.fields;
  const { Assign, Output, Next } = rule;
  const fields = { ...others, ...(Assign !== undefined && { Assign }), ...(Output !== undefined && { Output }) };
  return { ...state, fields, next: typeof Next === 'string' ? Next : undefined };
}
