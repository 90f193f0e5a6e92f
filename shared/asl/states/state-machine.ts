import type { Json, JsonObject } from '../../json.ts';

/** The part of the Amazon States Language that the compiler writes, in JSONata. */
export type StateMachine = {
  readonly Comment?: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds?: number;
  readonly StartAt: string;
  readonly States: States;
};

export type States = Readonly<Record<string, State>>;

/** `{% … %}`, or JSON that holds such strings. */
export type Expression = Json;

export type State = PassState | TaskState | ChoiceState | ParallelState | SucceedState | FailState;

export type Next = { readonly Next: string } | { readonly End: true };

export type PassState = { readonly Type: 'Pass'; readonly Assign?: JsonObject; readonly Output?: Expression } & Next;

export type TaskState = {
  readonly Type: 'Task';
  readonly Resource: `arn:aws:states:::${string}`;
  readonly Arguments: JsonObject;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Output?: Expression;
} & Next;

export type Retrier = {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
};

export type Catcher = {
  readonly ErrorEquals: readonly string[];
  readonly Output?: Expression;
  readonly Next: string;
};

export type ChoiceState = {
  readonly Type: 'Choice';
  readonly Choices: readonly { readonly Condition: string; readonly Output?: Expression; readonly Next: string }[];
  readonly Default: string;
};

export type ParallelState = {
  readonly Type: 'Parallel';
  readonly Branches: readonly { readonly StartAt: string; readonly States: States }[];
  readonly Arguments?: Expression;
  readonly Output?: Expression;
} & Next;

export type SucceedState = { readonly Type: 'Succeed'; readonly Output?: Expression };

export type FailState = { readonly Type: 'Fail'; readonly Error: string; readonly Cause: string };
