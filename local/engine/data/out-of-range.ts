import type { StateDefinition } from '../definition/program.ts';
import { QueryEvaluationError } from '../jsonata/query-evaluation-error.ts';
import { PathFailure, type StateFailure } from '../jsonpath/state-failure.ts';

/** A field's value has the right type, but is out of range. */
export function outOfRange(state: StateDefinition, field: string, problem: string): StateFailure {
  return state.language === 'JSONata' ? new QueryEvaluationError(problem, field) : new PathFailure(problem);
}
