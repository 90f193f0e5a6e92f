import { statusDetail } from '../frames/status-detail.ts';
import { recordAside, type Turn } from '../frames/turn.ts';
import { again, type Move } from './move.ts';

/**
 * Resumes an execution where it failed or was stopped. It keeps what succeeded and repeats the rest, with fresh retries
 * and time limits (Step Functions guide, redriving).
 */
export function redriveMoves(turn: Turn): readonly Move[] {
  const { execution, now } = turn;
  const { timeoutSeconds } = execution.program;
  execution.status = 'RUNNING';
  execution.stoppedAt = undefined;
  execution.error = undefined;
  execution.cause = undefined;
  execution.redriveCount += 1;
  execution.redrivenAt = now;
  execution.timeoutAt = timeoutSeconds === undefined ? undefined : now + timeoutSeconds * 1000;
  const previous = execution.frames.get(0)?.previous ?? 0;
  recordAside(turn, previous, 'ExecutionRedriven', { redriveCount: execution.redriveCount });
  turn.notices.push({ kind: 'status', detail: statusDetail(execution) });
  return [...execution.frames.values()].flatMap((frame) => {
    if (frame.phase.kind !== 'failed') return [];
    frame.retries = [];
    return [{ frame, work: again }];
  });
}
