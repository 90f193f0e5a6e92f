import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import type { Turn } from '../frames/turn.ts';
import { type ContextExtras, contextObject } from './context-object.ts';
import { asJson } from './json-text.ts';
import { variablesOf } from './variables-of.ts';

/** The members of `$states` besides `input` and `context`. */
export type Bound = ContextExtras & { readonly result?: Json | undefined; readonly errorOutput?: Json | undefined };

/** Evaluates a field of a JSONata state. Errors call it `field`. @throws {QueryEvaluationError} */
export async function evaluate(turn: Turn, frame: Frame, template: Json, field: string, bound: Bound): Promise<Json> {
  if (isConstant(template)) return template;
  const states = {
    input: frame.documents.input,
    context: contextObject(turn, frame, bound),
    ...(bound.result !== undefined && { result: bound.result }),
    ...(bound.errorOutput !== undefined && { errorOutput: bound.errorOutput }),
  };
  return asJson(await turn.tools.evaluator.evaluateTemplate(template, { ...variablesOf(turn, frame), states }, field));
}

const constants = new WeakMap<object, boolean>();

/** Whether it contains no expression, and so is its own value. */
function isConstant(template: Json): boolean {
  if (typeof template === 'string') return !template.startsWith('{%');
  if (typeof template !== 'object' || template === null) return true;
  const known = constants.get(template);
  if (known !== undefined) return known;
  const constant = Object.values(template).every(isConstant);
  constants.set(template, constant);
  return constant;
}

export async function evaluateObject(
  turn: Turn,
  frame: Frame,
  template: JsonObject,
  field: string,
  bound: Bound,
): Promise<JsonObject> {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(template)) {
    entries.push([name, await evaluate(turn, frame, value, `${field}/${name}`, bound)]);
  }
  return Object.fromEntries(entries);
}
