import type { StateType } from '../definition/program.ts';
import type { HistoryEventType } from '../history/history-event.ts';

/** Each name stands here once, and is not put together anew for every event that keeps it. */
export const entryEvents = {
  Pass: 'PassStateEntered',
  Task: 'TaskStateEntered',
  Choice: 'ChoiceStateEntered',
  Wait: 'WaitStateEntered',
  Succeed: 'SucceedStateEntered',
  Fail: 'FailStateEntered',
  Parallel: 'ParallelStateEntered',
  Map: 'MapStateEntered',
} as const satisfies Readonly<Record<StateType, HistoryEventType>>;

/** A Fail state is not left. */
export const exitEvents = {
  Pass: 'PassStateExited',
  Task: 'TaskStateExited',
  Choice: 'ChoiceStateExited',
  Wait: 'WaitStateExited',
  Succeed: 'SucceedStateExited',
  Fail: undefined,
  Parallel: 'ParallelStateExited',
  Map: 'MapStateExited',
} as const satisfies Readonly<Record<StateType, HistoryEventType | undefined>>;
