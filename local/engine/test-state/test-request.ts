import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import { parseJson } from '../data/json-text.ts';
import type { ValidationMode } from './mock-problem.ts';

/** The limits of the service's model. */
const name = z.string().check(z.minLength(1), z.maxLength(80));
const data = z.string().check(z.maxLength(262_144));
const count = z.int().check(z.minimum(0));
const shape = z.looseObject({
  definition: z.string().check(z.minLength(1), z.maxLength(1_048_576)),
  roleArn: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  stateName: z.optional(name),
  input: z._default(data, '{}'),
  inspectionLevel: z._default(z.enum(['INFO', 'DEBUG', 'TRACE']), 'INFO'),
  revealSecrets: z.optional(z.boolean()),
  variables: z.optional(data),
  context: z.optional(data),
  mock: z.optional(
    z.looseObject({
      result: z.optional(data),
      errorOutput: z.optional(
        z.looseObject({
          error: z.optional(z.string().check(z.maxLength(256))),
          cause: z.optional(z.string().check(z.maxLength(32_768))),
        }),
      ),
      fieldValidationMode: z._default(z.enum(['STRICT', 'PRESENT', 'NONE']), 'STRICT'),
    }),
  ),
  stateConfiguration: z.optional(
    z.looseObject({
      retrierRetryCount: z.optional(count),
      errorCausedByState: z.optional(name),
      mapIterationFailureCount: z.optional(count),
      mapItemReaderData: z.optional(data),
    }),
  ),
});

/** A TestState request with parsed documents. */
export type TestRequest = {
  readonly definition: string;
  readonly stateName: string | undefined;
  readonly roleArn: string | undefined;
  readonly input: Json;
  readonly level: 'INFO' | 'DEBUG' | 'TRACE';
  readonly variables: JsonObject;
  readonly context: JsonObject | undefined;
  readonly mock: Mock | undefined;
  readonly retryCount: number;
  readonly failedIterations: number;
  /** The state inside the tested Map or Parallel state that the mocked error comes from. */
  readonly errorCausedByState: string | undefined;
  /** In its source's format: JSON, CSV or JSON lines. */
  readonly itemReaderData: string | undefined;
  /** Parameters that require a mock, by AWS's names. */
  readonly onlyWithMock: readonly string[];
};

export type Mock =
  | { readonly kind: 'result'; readonly result: Json; readonly mode: ValidationMode }
  | { readonly kind: 'error'; readonly error: string; readonly cause: string | undefined };

/** @throws {ServiceError} ValidationException, InvalidExecutionInput */
export function parseTestRequest(given: unknown): TestRequest {
  const request = parseInput(shape, given);
  const { context, mock, roleArn } = request;
  const { retrierRetryCount, errorCausedByState, mapIterationFailureCount, mapItemReaderData } =
    request.stateConfiguration ?? {};
  if (roleArn?.startsWith('arn:') === false) {
    throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${roleArn}'`);
  }
  if (mock !== undefined && request.revealSecrets === true) {
    throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  }
  const onlyWithMock = {
    Context: context,
    RetrierRetryCount: retrierRetryCount,
    ErrorCausedByState: errorCausedByState,
    MapIterationFailureCount: mapIterationFailureCount,
    MapItemReaderData: mapItemReaderData,
  };
  return {
    definition: request.definition,
    stateName: request.stateName,
    roleArn,
    input: parsed('input', request.input),
    level: request.inspectionLevel,
    variables: request.variables === undefined ? {} : parsedObject('variables', request.variables),
    context: context === undefined ? undefined : parsedObject('context', context),
    mock: mock === undefined ? undefined : parseMock(mock),
    retryCount: retrierRetryCount ?? 0,
    failedIterations: mapIterationFailureCount ?? 0,
    errorCausedByState,
    itemReaderData: mapItemReaderData,
    onlyWithMock: Object.entries(onlyWithMock).flatMap(([member, value]) => (value === undefined ? [] : [member])),
  };
}

function parseMock(mock: NonNullable<z.infer<typeof shape>['mock']>): Mock {
  const { result, errorOutput, fieldValidationMode } = mock;
  if (errorOutput !== undefined && result !== undefined) {
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (errorOutput === undefined) {
    if (result === undefined)
      throw invalid('A test mock should have one of the following fields: [result, errorOutput].');
    return { kind: 'result', result: parsed('mock', result), mode: fieldValidationMode };
  }
  const { error, cause } = errorOutput;
  if (error === undefined) throw invalid('A mocked errorOutput should have the field error.');
  return { kind: 'error', error, cause };
}

function parsedObject(member: string, text: string): JsonObject {
  const value = parsed(member, text);
  if (!isJsonObject(value)) throw invalid(`The ${member} must be a JSON object`);
  return value;
}

function parsed(member: string, text: string): Json {
  try {
    return parseJson(text);
  } catch {
    if (member === 'input') throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input');
    throw invalid(member === 'mock' ? 'Mocked result must be valid JSON' : `The ${member} must be a valid JSON text`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
