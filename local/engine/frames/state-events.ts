import type { StateType } from '../definition/program.ts';
import type { HistoryEventType } from '../history/history-event.ts';

/** Shared strings, so that the events that are kept do not each hold a copy. */
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

/** A Fail state has no exit event. */
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
