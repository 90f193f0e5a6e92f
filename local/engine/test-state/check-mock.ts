import { isJsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { Program, StateDefinition } from '../definition/program.ts';
import { resourceOf } from '../states/task/task.ts';
import { parseResource } from '../states/task/task-resource.ts';
import { mockProblem } from './mock-problem.ts';
import type { TestRequest } from './test-request.ts';

/** Checks whether the state can be tested with this mock, or without one. @throws {ServiceError} in AWS's words */
export async function checkMock(program: Program, state: StateDefinition, request: TestRequest): Promise<void> {
  const { mock, errorCausedByState } = request;
  if (mock === undefined) {
    requireNoMockNeeded(state, request);
    return;
  }
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') {
    throw invalid(`State type '${state.type}' is not supported when a mock is specified`);
  }
  if (errorCausedByState !== undefined && state.type !== 'Task' && !isInside(program, state, errorCausedByState)) {
    throw invalid('State not found in definition');
  }
  if (mock.kind === 'error') return;
  const { result } = mock;
  if (state.type === 'Map' && exportsResults(state)) {
    if (!isJsonObject(result)) throw invalid('Mocked result must be a JSON object.');
  } else if (state.type !== 'Task') {
    if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
    if (state.type === 'Parallel' && result.length !== state.scopes.length) {
      throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
    }
  } else {
    const problem = await mockProblem(resourceOf(state), result, mock.mode);
    if (problem !== undefined) throw invalid(problem);
  }
}

function isInside(program: Program, state: StateDefinition, name: string): boolean {
  return state.scopes.some((index) => {
    const states = program.scopes[index]?.states;
    if (states?.has(name) === true) return true;
    return [...(states?.values() ?? [])].some((inner) => isInside(program, inner, name));
  });
}

/** A ResultWriter that only transforms the results leaves them in the output. */
function exportsResults({ fields: { ResultWriter = null } }: StateDefinition): boolean {
  return isJsonObject(ResultWriter) && ResultWriter.Resource !== undefined;
}

/** The recordings show only that the first check comes before the second. */
function requireNoMockNeeded(state: StateDefinition, { onlyWithMock, roleArn }: TestRequest): void {
  const [member] = onlyWithMock;
  if (member !== undefined) throw invalid(`TestState does not support ${member} when a mock is not specified.`);
  if (state.type === 'Map' || state.type === 'Parallel') {
    const supported = '[Task, Wait, Pass, Succeed, Fail, Choice]';
    throw new ServiceError(
      'InvalidDefinition',
      `TestState API does not support Map or Parallel states. Supported state types include: ${supported}`,
    );
  }
  if (state.type !== 'Task') return;
  const resource = parseResource(resourceOf(state));
  if (resource.kind === 'activity' || (resource.kind === 'service' && resource.pattern !== 'request')) {
    throw new ServiceError('InvalidDefinition', 'This state can only be tested with a mock');
  }
  if (roleArn === undefined) throw invalid('RoleArn must be specified when testing a Task state');
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
