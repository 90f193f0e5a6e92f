import { pathExit, pathWorkInput } from '../data/path-data.ts';
import { exitWithInput } from '../data/state-data.ts';
import type { StateWork } from '../frames/outcome.ts';

/** In JSONPath, `Result` replaces a task's result. */
export const pass: StateWork = (turn, frame, state) => {
  if (state.language === 'JSONata') return exitWithInput(turn, frame, state);
  const { Result } = state.fields;
  const input = pathWorkInput(turn, frame, state);
  return pathExit(turn, frame, state, Result === undefined ? input : Result);
};
