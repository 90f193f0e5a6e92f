import { workInput } from '../data/state-data.ts';
import { addChild } from '../frames/new-frame.ts';
import { type StateWork, stay } from '../frames/outcome.ts';
import { record } from '../frames/turn.ts';

export const parallel: StateWork = async (turn, frame, state) => {
  const input = await workInput(turn, frame, state);
  const total = state.scopes.length;
  record(turn, frame, 'ParallelStateStarted');
  frame.phase = { kind: 'children', total, started: total, ended: 0, concurrency: total };
  for (const [index, scope] of state.scopes.entries())
    addChild(turn, frame, { scope, index, input, previous: frame.previous });
  return stay;
};
