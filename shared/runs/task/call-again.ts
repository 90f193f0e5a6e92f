import { present } from '../../json.ts';
import { isOlder } from '../../protocol/call-order.ts';
import { isTriedAgain } from '../../tasks/errors.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { find, openAttempt, startOrEnd, type TaskStep, tokensKept } from './attempt.ts';
import type { Phase, TaskRecord } from './task-record.ts';
import type { TaskSignal } from './task-signal.ts';

/**
 * A state calls again when the invocation failed, when it timed out itself, or to retry a failed task. Only a retry
 * is a new attempt; otherwise the newer token replaces the older one.
 */
export function callAgain(record: TaskRecord, signal: TaskSignal & { is: 'call' }, now: number): TaskStep {
  const { call } = signal;
  const { attempt, spent } = record;
  const { phase } = attempt;
  if (call.token === attempt.token && phase.at === 'starting' && kindOf(attempt.work.kind).runs.by === 'state') {
    // its state waits for this answer, and nothing begins twice
    return startOrEnd(record, now);
  }
  if (call.token === attempt.token || spent.includes(call.token)) return { record, effects: [] };
  if (isOlder(call.turn, attempt.turn)) return { record, effects: [] };
  // if the state may have missed the failure, its own count is unknown, too
  const exhausted = attempt.number >= (call.attempts ?? Number.POSITIVE_INFINITY);
  if (phase.at === 'ended' && !exhausted && wantsAnother(phase)) return openAttempt(record, signal, now);
  const replaced: TaskRecord = {
    ...record,
    attempt: {
      ...attempt,
      token: call.token,
      ...present({ turn: call.turn }),
      phase: phase.at === 'ended' ? { ...phase, delivery: 'pending' } : phase,
    },
    spent: [...spent, attempt.token].slice(-tokensKept),
  };
  if (phase.at === 'starting' && now >= phase.lease) return find(replaced);
  if (phase.at !== 'ended') return { record: replaced, effects: [] };
  return { record: replaced, effects: [{ do: 'deliver', token: call.token, ending: phase.ending }] };
}

/**
 * A task that succeeded never runs again within its run: the state was not told, or lost the answer. A failure that
 * states retry by themselves caused the call, even if nobody recorded that the state was told.
 */
function wantsAnother({ ending, delivery }: Phase & { at: 'ended' }): boolean {
  if (ending.result !== 'failed') return false;
  return delivery === 'told' || isTriedAgain(ending.error);
}
