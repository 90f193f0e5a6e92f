import type { Frame } from '../frames/execution.ts';
import { stateOf, type Turn } from '../frames/turn.ts';
import { endMapRun } from '../states/map/map-run-status.ts';
import { callOf } from '../states/task/task.ts';

/** The branches or iterations of a frame that have not been removed, by index. */
export function childrenOf(turn: Turn, parent: Frame): readonly Frame[] {
  const children: Frame[] = [];
  for (const frame of turn.execution.frames.values()) if (frame.parent === parent.id) children.push(frame);
  return children.sort((one, other) => one.index - other.index);
}

/** Removes a frame and everything in it. */
export function removeFrame(turn: Turn, frame: Frame): void {
  removeChildren(turn, frame);
  interrupt(turn, frame);
  turn.execution.frames.delete(frame.id);
  turn.touched.delete(frame);
  turn.removed.push(frame.id);
}

export function removeChildren(turn: Turn, frame: Frame): void {
  if (frame.phase.kind !== 'children') return;
  for (const child of childrenOf(turn, frame)) removeFrame(turn, child);
}

/** Stops everything that runs in a frame. The frames stay, so that a redrive can resume them. */
export function interruptChildren(turn: Turn, frame: Frame): void {
  if (frame.phase.kind !== 'children') return;
  for (const child of childrenOf(turn, frame)) {
    interruptChildren(turn, child);
    interrupt(turn, child);
  }
}

/** Cancels pending calls, and stops child executions. */
export function interrupt(turn: Turn, frame: Frame): void {
  const { phase } = frame;
  if (phase.kind === 'ended' || phase.kind === 'failed' || phase.kind === 'children') return;
  if (phase.kind === 'task') {
    turn.commands.push({ kind: 'cancel', frame: frame.id, call: callOf(stateOf(turn, frame), frame, phase) });
  }
  if (phase.kind === 'map-run') {
    turn.commands.push({ kind: 'stop-items', mapRunArn: phase.mapRunArn });
    endMapRun(turn, phase, 'ABORTED');
  }
  frame.phase = { kind: 'failed' };
  turn.touched.add(frame);
}
