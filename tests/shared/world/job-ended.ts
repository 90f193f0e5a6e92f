import type { System } from '../../../shared/services/system.ts';
import { jobState } from '../../../shared/tasks/glue-job/job-run.ts';
import { onWorkEvent } from '../../../shared/use-cases/events/on-work-event.ts';

/** Delivers Glue's event for a job run's end. */
export function jobEnded(system: System, name: string, id: string, state: string): Promise<void> {
  return onWorkEvent(system, { kind: 'glue-job', name, id, state: jobState(state, undefined) });
}
