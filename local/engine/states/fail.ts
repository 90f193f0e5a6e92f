import { evaluate } from '../data/evaluate.ts';
import { FailedTry } from '../run/failed-try.ts';
import type { StateWork } from '../run/outcome.ts';

export const fail: StateWork = async (turn, frame, state) => {
  const { Error: error, Cause: cause } = state.fields;
  const text = async (value: typeof error, field: string): Promise<string | undefined> => {
    if (value === undefined) return undefined;
    const evaluated = await evaluate(turn, frame, value, field, {});
    return typeof evaluated === 'string' ? evaluated : JSON.stringify(evaluated);
  };
  throw new FailedTry({ error: await text(error, 'Error'), cause: await text(cause, 'Cause') });
};
