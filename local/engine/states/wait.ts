import { evaluate } from '../data/evaluate.ts';
import { type StateWork, stay } from '../run/outcome.ts';

export const wait: StateWork = async (turn, frame, state) => {
  const { Seconds, Timestamp } = state.fields;
  let until = turn.now;
  if (Seconds !== undefined) {
    const seconds = await evaluate(turn, frame, Seconds, 'Seconds', {});
    if (typeof seconds === 'number') until += seconds * 1000;
  } else if (Timestamp !== undefined) {
    const timestamp = await evaluate(turn, frame, Timestamp, 'Timestamp', {});
    if (typeof timestamp === 'string') until = Date.parse(timestamp);
  }
  frame.phase = { kind: 'waiting', until };
  return stay;
};
