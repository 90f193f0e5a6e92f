import { homeOwner } from '../../local/home/home-lock.ts';
import type { RunView } from '../../shared/views/run-view.ts';

/** The run is not over, and no runtime has its home open: nothing becomes of it until one has. */
export function isIdle(home: string, run: RunView): boolean {
  return !run.settled && homeOwner(home) === undefined;
}
