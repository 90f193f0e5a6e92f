import { jsonText } from '../data/json-text.ts';
import type { Frame, TaskPhase } from '../frames/execution.ts';
import { FailedTry } from '../frames/failed-try.ts';
import { type StateWork, stay } from '../frames/outcome.ts';
import type { Signal } from '../frames/signal.ts';
import type { Turn } from '../frames/turn.ts';
import type { EventDetails } from '../history/history-event.ts';
import { failRun } from '../states/map/map-run.ts';
import { taskSucceeded, tell } from '../states/task/task.ts';
import type { Move } from './move.ts';

type TaskSignal = Extract<Signal, { kind: `task-${string}` }>;

/** The moves on a task's signal. Signals for an earlier try have no effect. */
export function taskMoves(turn: Turn, signal: TaskSignal): readonly Move[] {
  const frame = turn.execution.frames.get(signal.frame);
  const work = frame === undefined ? undefined : taskWork(turn, frame, signal);
  return frame === undefined || work === undefined ? [] : [{ frame, work }];
}

function taskWork(turn: Turn, frame: Frame, signal: TaskSignal): StateWork | undefined {
  const { phase } = frame;
  if (phase.kind === 'map-run' && signal.kind === 'task-failed' && phase.token === signal.token) {
    return (inTurn, inFrame) => failRun(inTurn, inFrame, failureIn(signal));
  }
  if (phase.kind !== 'task' || phase.token !== signal.token) return undefined;
  switch (signal.kind) {
    case 'task-submitted':
      if (phase.submitted) return undefined;
      frame.phase = { ...phase, submitted: true };
      return saying('Submitted', { output: jsonText(signal.output) });
    case 'task-taken':
      if (phase.taken === true) return undefined;
      frame.phase = { ...phase, taken: true, ...nextHeartbeat(turn, phase) };
      return saying('Started', signal.worker === undefined ? {} : { workerName: signal.worker });
    case 'task-heartbeat':
      frame.phase = { ...phase, ...nextHeartbeat(turn, phase) };
      turn.touched.add(frame);
      return undefined;
    case 'task-succeeded':
      return (inTurn, inFrame, state) => taskSucceeded(inTurn, inFrame, state, signal.output, signal.text);
    case 'task-failed':
      return (inTurn, inFrame, state) => {
        const details = failureIn(signal);
        tell(inTurn, inFrame, state, signal.submission === true ? 'SubmitFailed' : 'Failed', details);
        throw new FailedTry({ ...details, missing: null });
      };
  }
}

function saying(...[moment, details]: [Parameters<typeof tell>[3], EventDetails]): StateWork {
  return (turn, frame, state) => {
    tell(turn, frame, state, moment, details);
    return stay;
  };
}

function nextHeartbeat({ now }: Turn, { heartbeatSeconds }: TaskPhase): Partial<TaskPhase> {
  return heartbeatSeconds === undefined ? {} : { heartbeatAt: now + heartbeatSeconds * 1000 };
}

function failureIn({ error, cause }: Signal & { kind: 'task-failed' }) {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
