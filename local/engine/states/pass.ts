import { exitWith } from '../data/state-data.ts';
import type { StateWork } from '../run/outcome.ts';

export const pass: StateWork = (turn, frame, state) => exitWith(turn, frame, state, undefined);
