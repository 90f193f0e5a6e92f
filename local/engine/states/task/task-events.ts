import type { EventDetails, HistoryEventType } from '../../history/history-event.ts';
import type { TaskResource } from './task-resource.ts';

type Moment = 'Scheduled' | 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut';

/** Undefined if AWS has none for this kind of resource. */
const events = {
  service: {
    Scheduled: 'TaskScheduled',
    Started: 'TaskStarted',
    Submitted: 'TaskSubmitted',
    SubmitFailed: 'TaskSubmitFailed',
    Succeeded: 'TaskSucceeded',
    Failed: 'TaskFailed',
    TimedOut: 'TaskTimedOut',
  },
  lambda: {
    Scheduled: 'LambdaFunctionScheduled',
    Started: 'LambdaFunctionStarted',
    Submitted: undefined,
    SubmitFailed: 'LambdaFunctionFailed',
    Succeeded: 'LambdaFunctionSucceeded',
    Failed: 'LambdaFunctionFailed',
    TimedOut: 'LambdaFunctionTimedOut',
  },
  activity: {
    Scheduled: 'ActivityScheduled',
    Started: 'ActivityStarted',
    Submitted: undefined,
    SubmitFailed: 'ActivityFailed',
    Succeeded: 'ActivitySucceeded',
    Failed: 'ActivityFailed',
    TimedOut: 'ActivityTimedOut',
  },
} as const satisfies Readonly<Record<TaskResource['kind'], Readonly<Record<Moment, HistoryEventType | undefined>>>>;

/** The event for a step in a task's life, if there is one. */
export function taskEvent(
  resource: TaskResource,
  moment: Moment,
  details: EventDetails,
): { readonly type: HistoryEventType; readonly details: EventDetails | undefined } | undefined {
  const type = events[resource.kind][moment];
  if (type === undefined) return undefined;
  if (resource.kind === 'service') {
    return { type, details: { ...details, resource: resource.action, resourceType: resource.type } };
  }
  return { type, details: Object.keys(details).length === 0 ? undefined : details };
}
