import type { Json, JsonObject } from '../../../shared/json.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

export const stateTypes = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;
export type StateType = (typeof stateTypes)[number];

/**
 * A definition that is ready to run. The same text always gives the same scope numbers, because frames on disk refer to
 * them.
 */
export type Program = {
  readonly timeoutSeconds: number | undefined;
  /** First the machine's own states, then those of each branch and each Map's processor, in text order. */
  readonly scopes: readonly Scope[];
};

export type Scope = { readonly startAt: string; readonly states: ReadonlyMap<string, StateDefinition> };

export type StateDefinition = {
  readonly name: string;
  readonly type: StateType;
  readonly language: QueryLanguage;
  /** The state as written. Fields of other query languages and unknown fields are ignored. */
  readonly fields: JsonObject;
  /** Absent if the state ends its scope. */
  readonly next: string | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  /** The scopes of a Parallel's branches, or the scope of a Map's processor. */
  readonly scopes: readonly number[];
};

export type Retrier = {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  /** Number of tries after the first. */
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly fullJitter: boolean;
};

export type Catcher = {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly fields: { readonly [name: string]: Json };
};
