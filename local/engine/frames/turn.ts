import type { JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { EventDetails, HistoryEvent, HistoryEventType } from '../history/history-event.ts';
import type { Evaluator } from '../jsonata/evaluate.ts';
import type { Command, Notice } from './command.ts';
import type { Execution, Frame } from './execution.ts';

/** What transitions have changed, and nobody has written yet. */
export type Changes = {
  readonly events: HistoryEvent[];
  readonly commands: Command[];
  readonly notices: Notice[];
  readonly touched: Set<Frame>;
  readonly removed: number[];
};

/** What a transition works with, and what comes of it: to append, to write, and commands to perform after. */
export type Turn = Changes & {
  readonly execution: Execution;
  readonly now: number;
  readonly tools: Tools;
  /** New lines of control, in the order in which they are to run. */
  readonly ready: Frame[];
};

export type Tools = {
  readonly evaluator: Evaluator;
  readonly uuid: () => string;
  readonly random: () => number;
  readonly region: string;
  /** A state that is tested alone is given its context object. */
  readonly context?: JsonObject;
};

export function noChanges(): Changes {
  return { events: [], commands: [], notices: [], touched: new Set(), removed: [] };
}

/** Adds to `changes`, in place. */
export function beginTurn(execution: Execution, tools: Tools, now: number, changes: Changes = noChanges()): Turn {
  const { events, commands, notices, touched, removed } = changes;
  return { execution, now, tools, events, commands, notices, touched, removed, ready: [] };
}

/** An execution has at most this many events (Step Functions quotas); an Express one, which keeps none, has time only. */
const maxEvents = { STANDARD: 25_000, EXPRESS: 250_000 };

/** For an event of each frame, and the last. */
export function hasRoom({ execution }: Turn): boolean {
  return execution.lastEvent + 2 * execution.frames.size < maxEvents[execution.machine.type] - 1;
}

/** The next event may only be the last one. */
export class HistoryIsFull extends Error {
  override readonly name = 'HistoryIsFull';
}

/** Appends an event to a frame's line: it follows the frame's last one, and the next follows it. Returns its id. */
export function record(turn: Turn, frame: Frame, type: HistoryEventType, details?: EventDetails): number {
  frame.previous = recordAside(turn, frame.previous, type, details);
  turn.touched.add(frame);
  return frame.previous;
}

/** Appends an event that nothing follows. @throws {HistoryIsFull} */
export function recordAside(turn: Turn, previous: number, type: HistoryEventType, details?: EventDetails): number {
  const { execution } = turn;
  if (execution.lastEvent >= maxEvents[execution.machine.type] - 1 && !isLast(type)) throw new HistoryIsFull();
  execution.lastEvent += 1;
  const id = execution.lastEvent;
  turn.events.push({ id, previous, type, at: turn.now, details });
  return id;
}

function isLast(type: HistoryEventType): boolean {
  return (
    type === 'ExecutionSucceeded' ||
    type === 'ExecutionFailed' ||
    type === 'ExecutionAborted' ||
    type === 'ExecutionTimedOut'
  );
}

/** @throws {Error} a frame refers to what its definition does not have */
export function stateOf(turn: Turn, frame: Frame): StateDefinition {
  const state = turn.execution.program.scopes[frame.scope]?.states.get(frame.state);
  if (state === undefined) throw new Error(`no state '${frame.state}' in scope ${frame.scope}`);
  return state;
}

export function parentOf(turn: Turn, frame: Frame): Frame | undefined {
  return frame.parent === undefined ? undefined : turn.execution.frames.get(frame.parent);
}
