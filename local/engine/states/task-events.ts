import type { EventDetails, HistoryEventType } from '../history/history-event.ts';
import type { TaskResource } from './task-resource.ts';

type Moment = 'Scheduled' | 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut';

/** The event of a moment in a task's life, or undefined where AWS has none for this kind of resource. */
export function taskEvent(
  resource: TaskResource,
  moment: Moment,
  details: EventDetails,
): { readonly type: HistoryEventType; readonly details?: EventDetails } | undefined {
  if (resource.kind === 'service') {
    return { type: `Task${moment}`, details: { ...details, resource: resource.action, resourceType: resource.type } };
  }
  if (moment === 'Submitted') return undefined;
  const family = resource.kind === 'lambda' ? 'LambdaFunction' : 'Activity';
  const type: HistoryEventType = `${family}${moment === 'SubmitFailed' ? 'Failed' : moment}`;
  return Object.keys(details).length === 0 ? { type } : { type, details };
}
