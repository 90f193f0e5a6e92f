import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import { parseJson } from '../data/json-text.ts';
import type { ValidationMode } from './mock-problem.ts';

const name = z.string().check(z.minLength(1), z.maxLength(80));
const shape = z.looseObject({
  definition: z.string(),
  roleArn: z.optional(z.string()),
  stateName: z.optional(name),
  input: z._default(z.string(), '{}'),
  inspectionLevel: z._default(z.enum(['INFO', 'DEBUG', 'TRACE']), 'INFO'),
  variables: z.optional(z.string()),
  context: z.optional(z.string()),
  mock: z.optional(
    z.looseObject({
      result: z.optional(z.string()),
      errorOutput: z.optional(z.looseObject({ error: z.optional(z.string()), cause: z.optional(z.string()) })),
      fieldValidationMode: z._default(z.enum(['STRICT', 'PRESENT', 'NONE']), 'STRICT'),
    }),
  ),
  stateConfiguration: z.optional(
    z.looseObject({
      retrierRetryCount: z._default(z.number(), 0),
      errorCausedByState: z.optional(z.string()),
      mapIterationFailureCount: z.optional(z.number()),
      mapItemReaderData: z.optional(z.string()),
    }),
  ),
});

/** A call of TestState, its documents parsed. */
export type TestRequest = {
  readonly definition: string;
  readonly stateName: string | undefined;
  readonly roleArn: string | undefined;
  readonly input: Json;
  readonly inspected: boolean;
  readonly variables: JsonObject;
  readonly context: JsonObject | undefined;
  readonly mock: Mock | undefined;
  readonly retryCount: number;
  readonly failedIterations: number;
  readonly itemReaderData: Json | undefined;
};

export type Mock =
  | { readonly kind: 'result'; readonly result: Json; readonly mode: ValidationMode }
  | { readonly kind: 'error'; readonly error: string | undefined; readonly cause: string | undefined };

/** @throws {ServiceError} ValidationException, InvalidExecutionInput */
export function parseTestRequest(given: unknown): TestRequest {
  const request = parseInput(shape, given);
  const { stateConfiguration: configuration, mock } = request;
  const context = request.context === undefined ? undefined : parsed('context', request.context);
  const variables = request.variables === undefined ? {} : parsed('variables', request.variables);
  return {
    definition: request.definition,
    stateName: request.stateName,
    roleArn: request.roleArn,
    input: parsed('input', request.input),
    inspected: request.inspectionLevel !== 'INFO',
    variables: isJsonObject(variables) ? variables : {},
    context: context !== undefined && isJsonObject(context) ? context : undefined,
    mock: mock === undefined ? undefined : parseMock(mock),
    retryCount: configuration?.retrierRetryCount ?? 0,
    failedIterations: configuration?.mapIterationFailureCount ?? 0,
    itemReaderData:
      configuration?.mapItemReaderData === undefined
        ? undefined
        : parsed('mapItemReaderData', configuration.mapItemReaderData),
  };
}

function parseMock(mock: NonNullable<z.infer<typeof shape>['mock']>): Mock {
  const { result, errorOutput, fieldValidationMode } = mock;
  if (errorOutput !== undefined && result !== undefined) {
    throw new ServiceError(
      'ValidationException',
      'A test mock should have only one of the following fields: [result, errorOutput].',
    );
  }
  if (errorOutput !== undefined) return { kind: 'error', error: errorOutput.error, cause: errorOutput.cause };
  return { kind: 'result', result: parsed('mock', result ?? 'null'), mode: fieldValidationMode };
}

function parsed(member: string, text: string): Json {
  try {
    return parseJson(text);
  } catch {
    if (member === 'input') throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input');
    throw new ServiceError('ValidationException', `The ${member} must be a valid JSON text`);
  }
}
