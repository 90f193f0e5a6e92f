import type { Execution } from '../frames/execution.ts';
import { newFrame, startOf } from '../frames/new-frame.ts';
import type { Signal } from '../frames/signal.ts';
import { statusDetail } from '../frames/status-detail.ts';
import { HistoryIsFull, recordAside, type Turn } from '../frames/turn.ts';
import { dueMoves } from './due-moves.ts';
import { type Ending, endExecution } from './end-execution.ts';
import { mapRunMoves } from './map-run-moves.ts';
import { enter, type Move, runMoves } from './move.ts';
import { redriveMoves } from './redrive-moves.ts';
import { taskMoves } from './task-moves.ts';

/**
 * One transition: takes the execution from one stable state to the next. The turn contains its results.
 *
 * @returns a promise only if there is something to wait for, such as an expression's evaluation
 */
export function step(turn: Turn, signal: Signal): Promise<void> | undefined {
  if (turn.execution.status !== 'RUNNING' && signal.kind !== 'redrive') return undefined;
  const fail = (thrown: unknown): void => endExecution(turn, endingOf(thrown, turn.execution));
  try {
    return runMoves(turn, firstMoves(turn, signal))?.catch(fail);
  } catch (thrown) {
    fail(thrown);
    return undefined;
  }
}

/** An error that no state is to blame for. A bug in the engine must not leave the execution hanging. */
function endingOf(thrown: unknown, { machine }: Execution): Ending {
  if (thrown instanceof HistoryIsFull && machine.type === 'EXPRESS') return { status: 'TIMED_OUT' };
  const error = 'States.Runtime';
  if (thrown instanceof HistoryIsFull) {
    return { status: 'FAILED', error, cause: 'The execution reached the maximum number of history events (25000).' };
  }
  const problem = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { status: 'FAILED', error, cause: `The engine failed: ${problem}` };
}

function firstMoves(turn: Turn, signal: Signal): readonly Move[] {
  switch (signal.kind) {
    case 'start':
      return [start(turn)];
    case 'redrive':
      return redriveMoves(turn);
    case 'stop':
      endExecution(turn, { status: 'ABORTED', error: signal.error, cause: signal.cause });
      return [];
    case 'due':
      return dueMoves(turn, signal.frame);
    case 'limits-changed':
    case 'items-read':
    case 'item-ended':
    case 'items-gathered':
      return mapRunMoves(turn, signal);
    default:
      return taskMoves(turn, signal);
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
  if (execution.machine.type === 'STANDARD') turn.notices.push({ kind: 'status', detail: statusDetail(execution) });
  return { frame: root, work: enter };
}
