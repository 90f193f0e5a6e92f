import { exitWith } from '../data/state-data.ts';
import type { StateWork } from '../frames/outcome.ts';
import { recordAside } from '../frames/turn.ts';
import { childrenOf, removeChildren } from './children.ts';

/** All branches or iterations have ended. Their outputs, in order, are the state's result. */
export const gather: StateWork = async (turn, frame, state) => {
  const result = childrenOf(turn, frame).map((child) => child.documents.input);
  removeChildren(turn, frame);
  recordAside(turn, frame.previous, state.type === 'Map' ? 'MapStateSucceeded' : 'ParallelStateSucceeded');
  return await exitWith(turn, frame, state, result);
};
