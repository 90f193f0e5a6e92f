import type { Json } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { Turn } from '../frames/turn.ts';
import { expressionIn } from '../jsonata/parse-expression.ts';
import { unexpectedResultType } from '../jsonata/query-evaluation-error.ts';
import { readPath } from '../jsonpath/read-path.ts';
import { PathFailure } from '../jsonpath/state-failure.ts';
import { evaluate } from './evaluate.ts';
import { asJson } from './json-text.ts';
import { pathScope, selectedInput } from './path-data.ts';

/**
 * A number of a state: `NAME` as a literal or a JSONata expression, or the value that `NAMEPath` points to, which may
 * be a numeric string (recorded). Undefined if neither field exists. `owner` contains the field if it is not the state
 * itself. `place` is the field's name in errors.
 */
export async function numberField(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  name: string,
  kind: 'integer' | 'float' = 'integer',
  owner: StateDefinition['fields'] = state.fields,
  place = '',
): Promise<number | undefined> {
  const path = owner[`${name}Path`];
  if (state.language === 'JSONPath' && typeof path === 'string') {
    const value = pathValue(turn, frame, state, path);
    const number = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && (kind === 'float' || Number.isInteger(number))) return number;
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw new PathFailure(`The ${name}Path field refers to value "${shown}" which is not a valid ${kind}: ${path}`);
  }
  const field = owner[name];
  if (field === undefined || typeof field === 'number') return field;
  const value = await evaluate(turn, frame, field, place + name, {});
  if (typeof value === 'number' && (kind === 'float' || Number.isInteger(value))) return value;
  const expected = typeof value === 'number' ? 'integer' : 'number';
  throw unexpectedResultType(expressionText(field), place + name, expected, value);
}

/** The value of a JSONPath state's input at a path. @throws {StateFailure} */
export function pathValue(turn: Turn, frame: Frame, state: StateDefinition, path: string): Json {
  return asJson(readPath(path, pathScope(turn, frame, selectedInput(turn, frame, state))));
}

export function expressionText(field: Json): string {
  return typeof field === 'string' ? (expressionIn(field) ?? field) : JSON.stringify(field);
}
