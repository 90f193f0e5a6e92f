import type { Json } from '../../../shared/json.ts';
import type { Frame } from './execution.ts';
import type { Turn } from './turn.ts';

export type NewChild = {
  readonly scope: number;
  readonly index: number;
  readonly input: Json;
  /** The event that precedes its first state. */
  readonly previous: number;
};

/** A new thread of execution inside a frame, to run in this turn. */
export function addChild(turn: Turn, parent: Frame, child: NewChild): Frame {
  const { execution } = turn;
  const frame = newFrame(execution.nextFrame, parent.id, child, startOf(turn, child.scope));
  execution.nextFrame += 1;
  execution.frames.set(frame.id, frame);
  turn.touched.add(frame);
  turn.ready.push(frame);
  return frame;
}

export function startOf(turn: Turn, scope: number): string {
  return turn.execution.program.scopes[scope]?.startAt ?? '';
}

export function newFrame(id: number, parent: number | undefined, child: NewChild, state: string): Frame {
  return {
    id,
    parent,
    index: child.index,
    scope: child.scope,
    state,
    phase: { kind: 'entering' },
    entered: 0,
    enteredAt: 0,
    cameFrom: child.previous,
    previous: child.previous,
    retries: [],
    documents: { input: child.input, variables: {} },
  };
}
