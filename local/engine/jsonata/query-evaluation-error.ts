import { StateFailure } from '../jsonpath/state-failure.ts';

/** A JSONata expression failed, or returned a value that its field does not accept. */
export class QueryEvaluationError extends StateFailure {
  /** The expression's location, for the event `EvaluationFailed`. */
  readonly field: string | undefined;

  constructor(cause: string, field?: string) {
    super('States.QueryEvaluationError', cause);
    this.name = 'QueryEvaluationError';
    this.field = field;
  }
}

const subject = (expression: string, field: string) =>
  `The JSONata expression '${expression}' specified for the field '${field}'`;

export function threwDuringEvaluation(expression: string, field: string, problem: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} threw an error during evaluation. ${problem}`, field);
}

export function returnedNothing(expression: string, field: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} returned nothing (undefined).`, field);
}

export function unsupportedResult(expression: string, field: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} returned an unsupported result type.`, field);
}

/** The field requires another type: `Items` an array, `Seconds` a number, `Condition` a boolean, … */
export function unexpectedResultType(
  expression: string,
  field: string,
  expected: 'array' | 'boolean' | 'number' | 'integer' | 'object' | 'string',
  value: unknown,
): QueryEvaluationError {
  return new QueryEvaluationError(
    `${subject(expression, field)} returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    field,
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
