import { exitWithInput } from '../data/state-data.ts';
import type { Frame, TaskPhase } from '../frames/execution.ts';
import { stateOf, type Turn } from '../frames/turn.ts';
import { timeOut } from '../states/task/task.ts';
import { endExecution } from './end-execution.ts';
import { again, type Move } from './move.ts';

/** The moves at a due time. None if the frame has moved on or waits for a later time. */
export function dueMoves(turn: Turn, id: number | undefined): readonly Move[] {
  const { execution, now } = turn;
  if (id === undefined) {
    const late = execution.timeoutAt !== undefined && now >= execution.timeoutAt;
    if (late) endExecution(turn, { status: 'TIMED_OUT' });
    return [];
  }
  const frame = execution.frames.get(id);
  if (frame === undefined) return [];
  const { phase } = frame;
  if (phase.kind === 'waiting' && now >= phase.until) return [{ frame, work: exitWithInput }];
  if (phase.kind === 'retrying' && now >= phase.until) return [{ frame, work: again }];
  return overdue(turn, frame) === undefined ? [] : timeOuts(turn);
}

function overdue({ now }: Turn, { phase }: Frame): TaskPhase | undefined {
  if (phase.kind !== 'task') return undefined;
  const { timeoutAt = Number.POSITIVE_INFINITY, heartbeatAt = Number.POSITIVE_INFINITY } = phase;
  return now >= Math.min(timeoutAt, heartbeatAt) ? phase : undefined;
}

/** All states that time out at once record it, before the failure of the first ends the others (recorded). */
function timeOuts(turn: Turn): readonly Move[] {
  return [...turn.execution.frames.values()].flatMap((frame) => {
    const phase = overdue(turn, frame);
    if (phase === undefined) return [];
    turn.touched.add(frame);
    const failure = timeOut(turn, frame, stateOf(turn, frame), phase);
    const work = (): never => {
      throw failure;
    };
    return [{ frame, work }];
  });
}
