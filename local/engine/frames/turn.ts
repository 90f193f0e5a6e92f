import type { JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { EventDetails, HistoryEvent, HistoryEventType } from '../history/history-event.ts';
import type { Evaluator } from '../jsonata/evaluate.ts';
import type { Command, Notice } from './command.ts';
import type { Execution, Frame } from './execution.ts';

/** Changes by transitions that are not written yet. */
export type Changes = {
  readonly events: HistoryEvent[];
  readonly commands: Command[];
  readonly notices: Notice[];
  readonly touched: Set<Frame>;
  readonly removed: number[];
};

/** The context and results of a transition: events to append, records to write, and commands to perform afterwards. */
export type Turn = Changes & {
  readonly execution: Execution;
  readonly now: number;
  readonly tools: Tools;
  /** New threads of execution, in the order in which they run. */
  readonly ready: Frame[];
};

export type Tools = {
  readonly evaluator: Evaluator;
  readonly uuid: () => string;
  readonly random: () => number;
  readonly region: string;
  /** The context object, given when a state is tested alone. */
  readonly context?: JsonObject;
};

export function noChanges(): Changes {
  return { events: [], commands: [], notices: [], touched: new Set(), removed: [] };
}

/** Adds to `changes` in place. */
export function beginTurn(execution: Execution, tools: Tools, now: number, changes: Changes = noChanges()): Turn {
  const { events, commands, notices, touched, removed } = changes;
  return { execution, now, tools, events, commands, notices, touched, removed, ready: [] };
}

/**
 * Limit for an execution's events (Step Functions quotas). An Express execution keeps none, and is limited only by
 * time.
 */
const maxEvents = { STANDARD: 25_000, EXPRESS: 250_000 };

/** Leaves room for one event of each frame, and the last event. */
export function hasRoom({ execution }: Turn): boolean {
  return execution.lastEvent + 2 * execution.frames.size < maxEvents[execution.machine.type] - 1;
}

/** The next event may only be the last one. */
export class HistoryIsFull extends Error {
  override readonly name = 'HistoryIsFull';
}

/** Appends an event to a frame's chain, after the frame's last event. @returns its id */
export function record(turn: Turn, frame: Frame, type: HistoryEventType, details?: EventDetails): number {
  frame.previous = recordAside(turn, frame.previous, type, details);
  turn.touched.add(frame);
  return frame.previous;
}

/** Appends an event that has no successor. @throws {HistoryIsFull} */
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

/** @throws {Error} if a frame refers to something that its definition does not have */
export function stateOf(turn: Turn, frame: Frame): StateDefinition {
  const state = turn.execution.program.scopes[frame.scope]?.states.get(frame.state);
  if (state === undefined) throw new Error(`no state '${frame.state}' in scope ${frame.scope}`);
  return state;
}

export function parentOf(turn: Turn, frame: Frame): Frame | undefined {
  return frame.parent === undefined ? undefined : turn.execution.frames.get(frame.parent);
}
