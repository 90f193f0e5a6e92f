import { exitWithInput } from '../data/state-data.ts';
import type { StateWork } from '../frames/outcome.ts';

export const succeed: StateWork = exitWithInput;
