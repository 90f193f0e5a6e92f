import { StateFailure } from '../jsonpath/state-failure.ts';

/** A JSONata expression failed. */
export class QueryEvaluationError extends StateFailure {
  constructor(cause: string) {
    super('States.QueryEvaluationError', cause);
    this.name = 'QueryEvaluationError';
  }
}

const subject = (expression: string, field: string) =>
  `The JSONata expression '${expression}' specified for the field '${field}'`;

export function threwDuringEvaluation(expression: string, field: string, problem: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} threw an error during evaluation. ${problem}`);
}

export function returnedNothing(expression: string, field: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} returned nothing (undefined).`);
}

export function unsupportedResult(expression: string, field: string): QueryEvaluationError {
  return new QueryEvaluationError(`${subject(expression, field)} returned an unsupported result type.`);
}

/** The field wants another type: `Items` an array, `Seconds` a number, `Condition` a boolean, … */
export function unexpectedResultType(
  expression: string,
  field: string,
  expected: 'array' | 'boolean' | 'number' | 'integer' | 'object' | 'string',
  value: unknown,
): QueryEvaluationError {
  return new QueryEvaluationError(
    `${subject(expression, field)} returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
