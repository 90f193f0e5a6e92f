import { exitWithInput } from '../data/state-data.ts';
import type { StateWork } from '../run/outcome.ts';

export const succeed: StateWork = exitWithInput;
