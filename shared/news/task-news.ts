import type { Phase, TaskRecord } from '../runs/task/task-record.ts';
import { kindOf } from '../tasks/kinds.ts';
import type { DomainEvent } from './domain-events.ts';

/** Domain events that follow from a change of a task's record. */
export function taskNews(before: TaskRecord | undefined, after: TaskRecord): DomainEvent[] {
  const { run, pipeline, task, attempt } = after;
  const state = stateOf(attempt.phase);
  if (before?.attempt.number === attempt.number && stateOf(before.attempt.phase) === state) return [];
  const { phase } = attempt;
  const { kind } = attempt.work;
  const detail = {
    pipeline,
    run,
    task,
    attempt: attempt.number,
    state,
    kind,
    work: kindOf(kind).runs.name(attempt.work),
    ...('id' in phase && phase.id !== undefined ? { id: phase.id } : {}),
    ...(phase.at === 'ended' && phase.ending.result === 'failed' ? { error: phase.ending.error } : {}),
  };
  return [{ type: 'Task State Change', detail }];
}

function stateOf(phase: Phase) {
  if (phase.at === 'ended') return phase.ending.result;
  // its output is still to be read
  return phase.at === 'finishing' ? 'running' : phase.at;
}
