import { homeOwner } from '../../local/home/home-lock.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';

/** Whether a run is live while no runtime has its home open: it will not continue until one has. */
export function isIdle(home: string, run: RunView): boolean {
  return !run.settled && homeOwner(home) === undefined;
}
