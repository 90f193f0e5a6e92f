import { caughtOutcome } from '../data/caught-outcome.ts';
import type { Frame } from '../frames/execution.ts';
import { type FailureDetails, failureOf } from '../frames/failed-try.ts';
import type { Exit } from '../frames/outcome.ts';
import { parentOf, record, stateOf, type Turn } from '../frames/turn.ts';
import { abortChildren } from './abort-frame.ts';
import { interruptChildren, removeChildren } from './children.ts';
import { endExecution } from './end-execution.ts';
import { matchesError, mayRetry } from './matches-error.ts';
import { retryDelay } from './retry-delay.ts';

/** The state that caught a failure, and its outcome. */
export type Recovery = { readonly frame: Frame; readonly outcome: Exit };

/**
 * Decides what follows a failure: a later retry, a Catch, or the failure of the enclosing state, up to the execution.
 * @returns the state that caught it, if any did
 */
export async function recoverFrom(turn: Turn, origin: Frame, first: FailureDetails): Promise<Recovery | undefined> {
  let failure = first;
  let frame = origin;
  recordEvaluation(turn, frame, failure);
  for (;;) {
    const state = stateOf(turn, frame);
    if (planRetry(turn, frame, failure)) return undefined;
    const nests = state.type === 'Parallel' || state.type === 'Map';
    if (nests && (frame !== origin || failure.evaluation !== undefined || failure.mapRun === true)) {
      record(turn, frame, state.type === 'Map' ? 'MapStateFailed' : 'ParallelStateFailed');
    }
    const catcher = state.catchers.find(({ errorEquals }) => matchesError(errorEquals, failure));
    if (catcher !== undefined) {
      removeChildren(turn, frame);
      try {
        return { frame, outcome: await caughtOutcome(turn, frame, state, catcher, failure) };
      } catch (thrown) {
        const next = failureOf(thrown, state.name, frame.entered);
        if (next === undefined) throw thrown;
        failure = next;
        recordEvaluation(turn, frame, failure);
      }
    }
    const parent = parentOf(turn, frame);
    if (parent === undefined) {
      endExecution(turn, { status: 'FAILED', error: failure.error, cause: failure.cause });
      return undefined;
    }
    parent.previous = frame.previous;
    abortChildren(turn, parent, frame, frame.previous);
    interruptChildren(turn, parent);
    turn.touched.add(parent);
    frame = parent;
  }
}

/**
 * AWS evaluates most fields together with the state's entry, so the event has the same predecessor as the entry
 * (recorded). It evaluates a Wait's fields after the entry.
 */
function recordEvaluation(turn: Turn, frame: Frame, failure: FailureDetails): void {
  if (failure.evaluation === undefined) return;
  const { name, type } = stateOf(turn, frame);
  if (frame.previous === frame.entered && type !== 'Wait') frame.previous = frame.cameFrom;
  record(turn, frame, 'EvaluationFailed', { ...errorDetails(failure), ...failure.evaluation, state: name });
}

function errorDetails({ error, cause }: FailureDetails) {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

function planRetry(turn: Turn, frame: Frame, failure: FailureDetails): boolean {
  const { retriers } = stateOf(turn, frame);
  const index = retriers.findIndex(({ errorEquals }) => mayRetry(errorEquals, failure));
  const retrier = retriers[index];
  const used = frame.retries[index] ?? 0;
  if (retrier === undefined || used >= retrier.maxAttempts) return false;
  removeChildren(turn, frame);
  frame.retries = retriers.map((_, at) => (frame.retries[at] ?? 0) + (at === index ? 1 : 0));
  frame.phase = { kind: 'retrying', until: turn.now + retryDelay(retrier, used, turn.tools.random) };
  turn.touched.add(frame);
  return true;
}
