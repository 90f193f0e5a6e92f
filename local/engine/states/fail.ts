import { evaluate } from '../data/evaluate.ts';
import { expressionText } from '../data/number-field.ts';
import { pathScope } from '../data/path-data.ts';
import { evaluateField } from '../data/payload-template.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { FailedTry } from '../frames/failed-try.ts';
import type { StateWork } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { unexpectedResultType } from '../jsonata/query-evaluation-error.ts';

export const fail: StateWork = async (turn, frame, state) => {
  const error = await text(turn, frame, state, 'Error');
  throw new FailedTry({ error, cause: await text(turn, frame, state, 'Cause') });
};

async function text(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  name: 'Error' | 'Cause',
): Promise<string | undefined> {
  const path = state.fields[`${name}Path`];
  if (state.language === 'JSONPath' && typeof path === 'string') {
    const scope = pathScope(turn, frame, frame.documents.input);
    const found = evaluateField(path, scope, turn.tools, `${name}Path`);
    return typeof found === 'string' ? found : JSON.stringify(found);
  }
  const field = state.fields[name];
  if (field === undefined) return undefined;
  const value = state.language === 'JSONPath' ? field : await evaluate(turn, frame, field, name, {});
  if (typeof value === 'string') return value;
  throw unexpectedResultType(expressionText(field), name, 'string', value);
}
