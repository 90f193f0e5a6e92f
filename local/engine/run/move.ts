import { isTooLarge, jsonText } from '../data/json-text.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { dataLimitExceeded, failureOf } from '../frames/failed-try.ts';
import type { Exit, Outcome, StateWork } from '../frames/outcome.ts';
import { entryEvents, exitEvents } from '../frames/state-events.ts';
import { parentOf, record, recordAside, stateOf, type Turn } from '../frames/turn.ts';
import type { HistoryEventType } from '../history/history-event.ts';
import { startIterations } from '../states/map/map.ts';
import { stateWorks } from '../states/state-works.ts';
import { removeChildren } from './children.ts';
import { endExecution } from './end-execution.ts';
import { gather } from './gather.ts';
import { recoverFrom } from './recover-from.ts';

/** A frame and its next action. */
export type Move = { readonly frame: Frame; readonly work: StateWork };

/**
 * Makes these moves and those that follow, until everything waits for a signal. Moves without expressions are
 * synchronous: without anything to wait for, there is no promise.
 */
export function runMoves(turn: Turn, first: readonly Move[], from = 0): Promise<void> | undefined {
  for (let at = from; at < first.length + turn.ready.length; at += 1) {
    const pause = runLine(turn, first[at] ?? entering(turn.ready[at - first.length]));
    if (pause !== undefined) return pause.then(() => runMoves(turn, first, at + 1));
  }
  turn.ready.length = 0;
  return undefined;
}

function entering(frame: Frame | undefined): Move | undefined {
  return frame === undefined ? undefined : { frame, work: enter };
}

/** Advances one thread of execution as far as possible. */
function runLine(turn: Turn, first: Move | undefined): Promise<void> | undefined {
  for (let move = first; move !== undefined; ) {
    const next = make(turn, move);
    if (next instanceof Promise) return next.then((after) => runLine(turn, after));
    move = next;
  }
  return undefined;
}

/** @returns the next action of the thread, which may be gone if another thread's failure removed it */
function make(turn: Turn, { frame, work }: Move): Move | undefined | Promise<Move | undefined> {
  const { execution, touched } = turn;
  if (execution.status !== 'RUNNING' || !execution.frames.has(frame.id)) return undefined;
  const state = stateOf(turn, frame);
  touched.add(frame);
  try {
    const outcome = work(turn, frame, state);
    return outcome instanceof Promise ? followLater(turn, frame, state, outcome) : follow(turn, frame, state, outcome);
  } catch (thrown) {
    return recover(turn, frame, state, thrown);
  }
}

async function followLater(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  coming: Promise<Outcome>,
): Promise<Move | undefined> {
  try {
    return follow(turn, frame, state, await coming);
  } catch (thrown) {
    return await recover(turn, frame, state, thrown);
  }
}

/** @throws errors that are not the state's own failure */
async function recover(turn: Turn, frame: Frame, state: StateDefinition, thrown: unknown): Promise<Move | undefined> {
  const failure = failureOf(thrown, state.name, frame.entered);
  if (failure === undefined) throw thrown;
  removeChildren(turn, frame);
  frame.phase = { kind: 'failed' };
  const recovery = await recoverFrom(turn, frame, failure);
  return recovery === undefined
    ? undefined
    : leave(turn, recovery.frame, stateOf(turn, recovery.frame), recovery.outcome);
}

/** Limit for the output and each variable: 256 KiB (Step Functions quotas). */
function exceedsLimit({ output, assigned }: Exit): boolean {
  if (isTooLarge(jsonText(output))) return true;
  return assigned !== undefined && Object.values(assigned).some((value) => isTooLarge(jsonText(value)));
}

/** Enters the frame's state and does its work. */
export const enter: StateWork = (turn, frame, state) => {
  frame.cameFrom = frame.previous;
  frame.entered = record(turn, frame, entryEvents[state.type], {
    name: state.name,
    input: jsonText(frame.documents.input),
  });
  frame.enteredAt = turn.now;
  return again(turn, frame, state);
};

/** Repeats only the work, for a retry. */
export const again: StateWork = (turn, frame, state) => stateWorks[state.type](turn, frame, state);

function follow(turn: Turn, frame: Frame, state: StateDefinition, outcome: Outcome): Move | undefined {
  if (outcome.kind === 'exit') {
    if (exceedsLimit(outcome)) throw dataLimitExceeded(state.name);
    return leave(turn, frame, state, outcome);
  }
  return frame.phase.kind === 'children' && frame.phase.total === 0 ? { frame, work: gather } : undefined;
}

function leave(turn: Turn, frame: Frame, state: StateDefinition, { output, assigned, next }: Exit): Move | undefined {
  const exited = { name: state.name, output: jsonText(output) };
  let { variables } = frame.documents;
  if (assigned === undefined || Object.keys(assigned).length === 0) record(turn, frame, exitEvent(state), exited);
  else {
    record(turn, frame, exitEvent(state), { ...exited, assignedVariables: assignedTexts(assigned) });
    variables = { ...variables, ...assigned };
  }
  frame.documents = { input: output, variables };
  frame.retries = [];
  frame.phase = { kind: 'entering' };
  if (next === undefined) return end(turn, frame);
  frame.state = next;
  return { frame, work: enter };
}

function exitEvent({ name, type }: StateDefinition): HistoryEventType {
  const event = exitEvents[type];
  if (event === undefined) throw new Error(`the ${type} state '${name}' is not left`);
  return event;
}

function assignedTexts(assigned: Readonly<Record<string, Parameters<typeof jsonText>[0]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, jsonText(value)]));
}

/** The frame's scope has ended. */
function end(turn: Turn, frame: Frame): Move | undefined {
  const parent = parentOf(turn, frame);
  if (parent === undefined) {
    endExecution(turn, { status: 'SUCCEEDED', output: jsonText(frame.documents.input) });
    return undefined;
  }
  if (parent.phase.kind !== 'children') return undefined;
  const state = stateOf(turn, parent);
  const last = frame.previous;
  frame.phase = { kind: 'ended' };
  parent.previous =
    state.type === 'Map'
      ? recordAside(turn, last, 'MapIterationSucceeded', { name: state.name, index: frame.index })
      : last;
  parent.phase = { ...parent.phase, ended: parent.phase.ended + 1 };
  turn.touched.add(parent);
  if (parent.phase.ended === parent.phase.total) return { frame: parent, work: gather };
  if (parent.phase.started === parent.phase.total) return undefined;
  return { frame: parent, work: startMore(last) };
}

const startMore =
  (previous: number): StateWork =>
  async (turn, frame, state) => {
    await startIterations(turn, frame, state, previous);
    return { kind: 'stay' };
  };
