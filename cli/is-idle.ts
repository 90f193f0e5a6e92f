import { homeOwner } from '../local/home-lock.ts';
import type { RunView } from './run-view.ts';

/** The run is not over, and no runtime has its home open: nothing becomes of it until one has. */
export function isIdle(home: string, run: RunView): boolean {
  return !run.settled && homeOwner(home) === undefined;
}
