import type { StateType } from '../definition/program.ts';

/** The AWS event types that the engine writes. */
export type HistoryEventType =
  | `Execution${'Started' | 'Succeeded' | 'Failed' | 'Aborted' | 'TimedOut' | 'Redriven'}`
  | `${StateType}StateEntered`
  | `${Exclude<StateType, 'Fail'>}StateExited`
  | `${'Task' | 'Wait' | 'Parallel' | 'Map'}StateAborted`
  | `Task${'Scheduled' | 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `LambdaFunction${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `Activity${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `ParallelState${'Started' | 'Succeeded' | 'Failed'}`
  | `MapState${'Started' | 'Succeeded' | 'Failed'}`
  | `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`
  | `MapRun${'Started' | 'Succeeded' | 'Failed' | 'Aborted' | 'Redriven'}`
  | 'EvaluationFailed';

/** `details` uses AWS's member names. Documents are JSON text. `at` is in epoch milliseconds. */
export type HistoryEvent = {
  readonly id: number;
  readonly previous: number;
  readonly type: HistoryEventType;
  readonly at: number;
  readonly details?: EventDetails | undefined;
};

export type EventDetails = { readonly [name: string]: string | number | EventDetails | undefined };
