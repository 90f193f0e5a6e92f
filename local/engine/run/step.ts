import { jsonText } from '../data/json-text.ts';
import { exitWithInput } from '../data/state-data.ts';
import { failRun, itemEnded, itemsGathered, runItems } from '../states/map-run.ts';
import { taskSucceeded, taskTimedOut, tell } from '../states/task.ts';
import { newFrame, startOf } from './children.ts';
import { type Ending, endExecution } from './end-execution.ts';
import type { Execution } from './execution.ts';
import { FailedTry } from './failed-try.ts';
import { again, enter, type Move, runMoves } from './move.ts';
import { stay } from './outcome.ts';
import type { Signal } from './signal.ts';
import { statusDetail } from './status-detail.ts';
import { HistoryIsFull, recordAside, type Turn } from './turn.ts';

/** One transition: takes the execution from one state of rest to the next. What it comes to lies in the turn. */
export async function step(turn: Turn, signal: Signal): Promise<void> {
  if (turn.execution.status !== 'RUNNING') return;
  try {
    const move = await firstMove(turn, signal);
    await runMoves(turn, move);
  } catch (thrown) {
    endExecution(turn, endingOf(thrown, turn.execution));
  }
}

/** What no state answers for. A fault of the engine's own must not leave the execution hanging. */
function endingOf(thrown: unknown, { machine }: Execution): Ending {
  if (thrown instanceof HistoryIsFull && machine.type === 'EXPRESS') return { status: 'TIMED_OUT' };
  const error = 'States.Runtime';
  if (thrown instanceof HistoryIsFull) {
    return { status: 'FAILED', error, cause: 'The execution reached the maximum number of history events (25000).' };
  }
  const problem = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { status: 'FAILED', error, cause: `The engine failed: ${problem}` };
}

async function firstMove(turn: Turn, signal: Signal): Promise<Move | undefined> {
  switch (signal.kind) {
    case 'start':
      return start(turn);
    case 'stop':
      return endExecution(turn, { status: 'ABORTED', error: signal.error, cause: signal.cause }) ?? undefined;
    case 'due':
      return due(turn, signal.frame);
    case 'items-read':
    case 'item-ended':
    case 'items-gathered':
      return mapRunMove(turn, signal);
    default:
      return taskMove(turn, signal);
  }
}

function start(turn: Turn): Move {
  const { execution } = turn;
  recordAside(turn, 0, 'ExecutionStarted', { input: execution.input, roleArn: execution.machine.roleArn });
  const root = newFrame(
    0,
    undefined,
    { scope: execution.rootScope, index: 0, input: execution.inputValue, previous: 0 },
    startOf(turn, execution.rootScope),
  );
  execution.nextFrame = 1;
  execution.frames.set(0, root);
  if (execution.machine.type === 'STANDARD') turn.commands.push({ kind: 'status', detail: statusDetail(execution) });
  return { frame: root, work: enter };
}

function due(turn: Turn, id: number | undefined): Move | undefined {
  const { execution, now } = turn;
  if (id === undefined) {
    const late = execution.timeoutAt !== undefined && now >= execution.timeoutAt;
    if (late) endExecution(turn, { status: 'TIMED_OUT' });
    return undefined;
  }
  const frame = execution.frames.get(id);
  if (frame === undefined) return undefined;
  const { phase } = frame;
  if (phase.kind === 'waiting' && now >= phase.until) {
    return { frame, work: exitWithInput };
  }
  if (phase.kind === 'retrying' && now >= phase.until) return { frame, work: again };
  if (phase.kind === 'task' && now >= Math.min(phase.timeoutAt ?? now + 1, phase.heartbeatAt ?? now + 1)) {
    return { frame, work: (inTurn, inFrame, state) => taskTimedOut(inTurn, inFrame, state, phase) };
  }
  return undefined;
}

type MapRunSignal = Extract<Signal, { kind: 'items-read' | 'item-ended' | 'items-gathered' }>;

function mapRunMove(turn: Turn, signal: MapRunSignal): Move | undefined {
  const frame = turn.execution.frames.get(signal.frame);
  if (frame?.phase.kind !== 'map-run' || frame.phase.token !== signal.token) return undefined;
  switch (signal.kind) {
    case 'items-read':
      if (frame.phase.total !== undefined && frame.phase.total > 0) return undefined;
      return { frame, work: (...args) => runItems(...args, signal.items) };
    case 'item-ended':
      return { frame, work: (...args) => itemEnded(...args, signal.succeeded) };
    case 'items-gathered':
      return { frame, work: (...args) => itemsGathered(...args, signal.result) };
  }
}

type TaskSignal = Exclude<Signal, MapRunSignal | { kind: 'start' | 'stop' | 'due' }>;

/** Signals for a try that is over lead nowhere. */
function taskMove(turn: Turn, signal: TaskSignal): Move | undefined {
  const frame = turn.execution.frames.get(signal.frame);
  if (frame?.phase.kind === 'map-run' && signal.kind === 'task-failed' && frame.phase.token === signal.token) {
    return { frame, work: (inTurn, inFrame) => failRun(inTurn, inFrame, failureIn(signal)) };
  }
  if (frame?.phase.kind !== 'task' || frame.phase.token !== signal.token) return undefined;
  const { phase } = frame;
  switch (signal.kind) {
    case 'task-submitted':
      if (phase.submitted) return undefined;
      frame.phase = { ...phase, submitted: true };
      return {
        frame,
        work: (...args) => {
          tell(...args, 'Submitted', { output: jsonText(signal.output) });
          return stay;
        },
      };
    case 'task-heartbeat':
      if (phase.heartbeatSeconds !== undefined) {
        frame.phase = { ...phase, heartbeatAt: turn.now + phase.heartbeatSeconds * 1000 };
        turn.touched.add(frame);
      }
      return undefined;
    case 'task-succeeded':
      return { frame, work: (...args) => taskSucceeded(...args, signal.output, signal.text) };
    case 'task-failed':
      return {
        frame,
        work: (...args) => {
          const details = failureIn(signal);
          tell(...args, signal.submission === true ? 'SubmitFailed' : 'Failed', details);
          throw new FailedTry(details);
        },
      };
    default:
      return undefined;
  }
}

function failureIn({ error, cause }: Signal & { kind: 'task-failed' }) {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
