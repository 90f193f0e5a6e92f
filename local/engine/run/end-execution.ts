import { statusDetail } from '../frames/status-detail.ts';
import { hasRoom, recordAside, type Turn } from '../frames/turn.ts';
import type { HistoryEventType } from '../history/history-event.ts';
import { abortFrame } from './abort-frame.ts';
import { interrupt, removeFrame } from './children.ts';

export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | {
      readonly status: 'FAILED' | 'ABORTED' | 'TIMED_OUT';
      readonly error?: string | undefined;
      readonly cause?: string | undefined;
    };

const lastEvents: Readonly<Record<Ending['status'], HistoryEventType>> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
};

/** Ends the execution and stops whatever still runs in it. After a failure its frames stay, for a redrive. */
export function endExecution(turn: Turn, ending: Ending): void {
  const { execution } = turn;
  const root = execution.frames.get(0);
  const interrupted = ending.status === 'ABORTED' || ending.status === 'TIMED_OUT';
  if (root !== undefined && interrupted && hasRoom(turn)) abortFrame(turn, root, root.previous);
  const details =
    ending.status === 'SUCCEEDED'
      ? { output: ending.output }
      : {
          ...(ending.error !== undefined && { error: ending.error }),
          ...(ending.cause !== undefined && { cause: ending.cause }),
        };
  recordAside(turn, interrupted ? 0 : (root?.previous ?? 0), lastEvents[ending.status], details);
  execution.status = ending.status;
  execution.stoppedAt = turn.now;
  if (ending.status === 'SUCCEEDED') execution.output = ending.output;
  else {
    execution.error = ending.error;
    execution.cause = ending.cause;
  }
  for (const frame of [...execution.frames.values()]) {
    if (ending.status !== 'SUCCEEDED') interrupt(turn, frame);
    else if (execution.frames.has(frame.id)) removeFrame(turn, frame);
  }
  turn.ready.length = 0;
  if (execution.machine.type === 'STANDARD') turn.notices.push({ kind: 'status', detail: statusDetail(execution) });
}
