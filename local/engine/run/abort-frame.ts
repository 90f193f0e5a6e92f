import type { Frame } from '../frames/execution.ts';
import { recordAside, stateOf, type Turn } from '../frames/turn.ts';
import { childrenOf } from './children.ts';

/** Records that a state was aborted, after the states inside it. Only states that take time have such an event. */
export function abortFrame(turn: Turn, frame: Frame, previous: number): void {
  if (frame.phase.kind === 'entering' || frame.phase.kind === 'ended') return;
  const state = stateOf(turn, frame);
  if (frame.phase.kind === 'children') abortChildren(turn, frame, undefined, previous);
  if (frame.phase.kind === 'map-run') recordAside(turn, previous, 'MapRunAborted');
  if (state.type === 'Task' || state.type === 'Wait' || state.type === 'Parallel' || state.type === 'Map') {
    recordAside(turn, previous, `${state.type}StateAborted`);
  }
}

/** `failed` is the branch or iteration whose failure ends the others. */
export function abortChildren(turn: Turn, parent: Frame, failed: Frame | undefined, previous: number): void {
  const { name, type } = stateOf(turn, parent);
  for (const child of childrenOf(turn, parent)) {
    if (child.phase.kind === 'ended') continue;
    if (type === 'Map') {
      const event = child === failed ? 'MapIterationFailed' : 'MapIterationAborted';
      recordAside(turn, previous, event, { name, index: child.index });
    }
    abortFrame(turn, child, previous);
  }
}
