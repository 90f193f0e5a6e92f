import { parseTimestamp } from '../choice/timestamp.ts';
import { evaluate } from '../data/evaluate.ts';
import { expressionText, numberField, pathValue } from '../data/number-field.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { type StateWork, stay } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { QueryEvaluationError, unexpectedResultType } from '../jsonata/query-evaluation-error.ts';
import { PathFailure } from '../jsonpath/state-failure.ts';

export const wait: StateWork = async (turn, frame, state) => {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = state.fields;
  let until = turn.now;
  if (Seconds !== undefined) until += (await seconds(turn, frame, state)) * 1000;
  else if (typeof SecondsPath === 'string') until += secondsAt(turn, frame, state, SecondsPath) * 1000;
  else if (Timestamp !== undefined) until = await instant(turn, frame, state);
  else if (typeof TimestampPath === 'string') until = instantAt(turn, frame, state, TimestampPath);
  frame.phase = { kind: 'waiting', until: Math.max(until, turn.now) };
  return stay;
};

async function seconds(turn: Turn, frame: Frame, state: StateDefinition): Promise<number> {
  const value = (await numberField(turn, frame, state, 'Seconds')) ?? 0;
  if (value >= 0) return value;
  throw new QueryEvaluationError(`The Seconds field references a negative value: ${value}`, 'Seconds');
}

function secondsAt(turn: Turn, frame: Frame, state: StateDefinition, path: string): number {
  const value = pathValue(turn, frame, state, path);
  const shown = `${path} == ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  // Also in a string, as for other paths to numbers (recorded).
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw new PathFailure(`The SecondsPath parameter cannot be parsed as a long value: ${shown}`);
  }
  if (number < 0) throw new PathFailure(`The SecondsPath parameter references a negative value: ${shown}`);
  return number;
}

async function instant(turn: Turn, frame: Frame, state: StateDefinition): Promise<number> {
  const { Timestamp = '' } = state.fields;
  const value = await evaluate(turn, frame, Timestamp, 'Timestamp', {});
  if (typeof value !== 'string') throw unexpectedResultType(expressionText(Timestamp), 'Timestamp', 'string', value);
  const time = parseTimestamp(value);
  if (time !== undefined) return time.ms;
  const problem = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`;
  if (state.language === 'JSONPath') throw new PathFailure(problem);
  throw new QueryEvaluationError(problem, 'Timestamp');
}

function instantAt(turn: Turn, frame: Frame, state: StateDefinition, path: string): number {
  const value = pathValue(turn, frame, state, path);
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time.ms;
  throw new PathFailure(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}
