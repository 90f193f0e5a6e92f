import { isTooLarge, jsonText } from '../data/json-text.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { HistoryEventType } from '../history/history-event.ts';
import { startIterations } from '../states/map.ts';
import { stateWorks } from '../states/state-works.ts';
import { removeChildren } from './children.ts';
import { endExecution } from './end-execution.ts';
import type { Frame } from './execution.ts';
import { dataLimitExceeded, failureOf } from './failed-try.ts';
import { gather } from './gather.ts';
import type { Exit, Outcome, StateWork } from './outcome.ts';
import { type Recovery, recoverFrom } from './recover-from.ts';
import { parentOf, record, recordAside, stateOf, type Turn } from './turn.ts';

/** A frame and what is next done in it. */
export type Move = { readonly frame: Frame; readonly work: StateWork };

/** Makes these moves, and those that follow from them, until everything waits for a signal. */
export async function runMoves(turn: Turn, first: readonly Move[]): Promise<void> {
  for (const move of first) await runLine(turn, move);
  for (let at = 0; at < turn.ready.length; at += 1) {
    const frame = turn.ready[at];
    if (frame !== undefined) await runLine(turn, { frame, work: enter });
  }
  turn.ready.length = 0;
}

/**
 * Runs one line of control as far as it goes. It may be gone: another's failure takes it away. What needs no expression
 * to be evaluated runs without a pause.
 */
async function runLine(turn: Turn, first: Move): Promise<void> {
  for (let move: Move | undefined = first; move !== undefined; ) {
    const { execution, touched } = turn;
    const { frame, work }: Move = move;
    if (execution.status !== 'RUNNING' || !execution.frames.has(frame.id)) return;
    const state = stateOf(turn, frame);
    touched.add(frame);
    try {
      const done = work(turn, frame, state);
      const outcome = done instanceof Promise ? await done : done;
      if (outcome.kind === 'exit' && exceedsLimit(outcome)) throw dataLimitExceeded(state.name);
      move = follow(turn, frame, outcome);
    } catch (thrown) {
      const failure = failureOf(thrown, state.name, frame.entered);
      if (failure === undefined) throw thrown;
      removeChildren(turn, frame);
      frame.phase = { kind: 'failed' };
      const recovery = await recoverFrom(turn, frame, failure);
      move = recovery === undefined ? undefined : leave(turn, recovery);
    }
  }
}

/** The output, and each variable, may have 256 KiB (Step Functions quotas). */
function exceedsLimit({ output, assigned }: Exit): boolean {
  if (isTooLarge(jsonText(output))) return true;
  return assigned !== undefined && Object.values(assigned).some((value) => isTooLarge(jsonText(value)));
}

/** Enters the frame's state and does its work. */
export const enter: StateWork = (turn, frame, state) => {
  frame.cameFrom = frame.previous;
  frame.entered = record(turn, frame, `${state.type}StateEntered`, {
    name: state.name,
    input: jsonText(frame.documents.input),
  });
  frame.enteredAt = turn.now;
  return again(turn, frame, state);
};

/** The work alone, as for a retry. */
export const again: StateWork = (turn, frame, state) => stateWorks[state.type](turn, frame, state);

function follow(turn: Turn, frame: Frame, outcome: Outcome): Move | undefined {
  if (outcome.kind === 'exit') return leave(turn, { frame, outcome });
  return frame.phase.kind === 'children' && frame.phase.total === 0 ? { frame, work: gather } : undefined;
}

function leave(turn: Turn, { frame, outcome }: Recovery): Move | undefined {
  const state = stateOf(turn, frame);
  const { output, assigned, next } = outcome;
  let { variables } = frame.documents;
  const exited = { name: state.name, output: jsonText(output) };
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
  if (type === 'Fail') throw new Error(`the Fail state '${name}' is not left`);
  return `${type}StateExited`;
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
