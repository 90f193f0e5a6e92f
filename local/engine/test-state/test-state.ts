import type { Json, JsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import { caughtOutcome } from '../data/caught-outcome.ts';
import { asJson, jsonText } from '../data/json-text.ts';
import { exitWith, exitWithInput, workInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { FailedTry, type FailureDetails, failureOf } from '../frames/failed-try.ts';
import type { Exit } from '../frames/outcome.ts';
import type { Tools, Turn } from '../frames/turn.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { TaskFailure } from '../ports/task-runner.ts';
import { matchesError, mayRetry } from '../run/matches-error.ts';
import { retryDelay } from '../run/retry-delay.ts';
import { toleratedFailureCount, toleratedFailurePercentage } from '../states/map/begin-map-run.ts';
import { stateWorks } from '../states/state-works.ts';
import { resourceOf } from '../states/task/task.ts';
import { taskToken } from '../states/task/task-token.ts';
import { checkMock } from './check-mock.ts';
import { httpRequest, httpResponse } from './http-call.ts';
import { inspectState } from './inspect-state.ts';
import { mapStages } from './map-stages.ts';
import { parseTestRequest, type TestRequest } from './test-request.ts';
import { testedItems } from './tested-items.ts';
import { testedState } from './tested-state.ts';
import { testedTurn } from './tested-turn.ts';

/** Tests a single state without a machine: its input, with a mocked result or a mocked error. */
export async function testState(options: EngineOptions, tools: Tools, given: unknown): Promise<JsonObject> {
  const request = parseTestRequest(given);
  const { turn, frame, state } = testedTurn(
    options,
    tools,
    testedState(request.definition, request.stateName),
    request,
  );
  await checkMock(turn.execution.program, state, request);
  const tested: Tested = { turn, frame, state };
  let result: Json | undefined;
  try {
    result = await resultOf(options, request, tested);
    const exit = await exitOf(result, tested);
    const inspectionData = await inspected(request, tested, result, exit.assigned);
    const { output, next } = exit;
    return {
      status: 'SUCCEEDED',
      output: jsonText(output),
      ...(next !== undefined && { nextState: next }),
      ...inspectionData,
    };
  } catch (thrown) {
    const failure = failureOf(thrown, state.name, frame.entered);
    if (failure === undefined) throw thrown;
    return await failed(request, tested, failure, result);
  }
}

type Tested = {
  readonly turn: Turn;
  readonly frame: Frame;
  readonly state: StateDefinition;
  /** The input of its work. Evaluating it again could give another value if the expression is random. */
  sent?: Json;
};

/** Undefined if the state's work has no result of its own. */
async function resultOf(options: EngineOptions, request: TestRequest, tested: Tested): Promise<Json | undefined> {
  const { turn, frame, state } = tested;
  const { mock } = request;
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') return undefined;
  // A Map's `Parameters` are its ItemSelector.
  const sent = state.type === 'Map' ? null : await workInput(turn, frame, state);
  tested.sent = sent;
  if (state.type === 'Map') {
    for (const [, look] of mapStages(turn, frame, state, request.itemReaderData)) await look();
    await checkIterationCount(request, tested);
  }
  if (mock?.kind === 'error') throw new FailedTry({ error: mock.error, cause: mock.cause, missing: null });
  if (state.type === 'Map') await checkThreshold(request, tested);
  if (mock !== undefined) return mock.result;
  const token = taskToken({ executionArn: turn.execution.arn, frame: 0, try: turn.tools.uuid() });
  try {
    return asJson(
      await options.tasks.run({
        resource: resourceOf(state),
        arguments: sent,
        executionArn: turn.execution.arn,
        stateName: state.name,
        taskToken: token,
        submitted: () => undefined,
      }),
    );
  } catch (thrown) {
    if (!(thrown instanceof TaskFailure)) throw thrown;
    throw new FailedTry({ error: thrown.error, cause: thrown.failureCause, missing: null });
  }
}

async function exitOf(result: Json | undefined, { turn, frame, state }: Tested): Promise<Exit> {
  if (result !== undefined) return await exitWith(turn, frame, state, result);
  const outcome = await stateWorks[state.type](turn, frame, state);
  return outcome.kind === 'exit' ? outcome : await exitWithInput(turn, frame, state);
}

async function checkIterationCount(request: TestRequest, { turn, frame, state }: Tested): Promise<void> {
  const { items } = await testedItems(turn, frame, state, request.itemReaderData);
  if (request.failedIterations <= items.length) return;
  const problem = 'Map iteration failure count must be less than or equal to the number of Map iterations';
  throw new ServiceError('ValidationException', problem);
}

/** The stated number of failed iterations exceeds what the Map tolerates. */
async function checkThreshold(request: TestRequest, { turn, frame, state }: Tested): Promise<void> {
  const { failedIterations, itemReaderData } = request;
  const { items } = await testedItems(turn, frame, state, itemReaderData);
  const count = await toleratedFailureCount(turn, frame, state);
  const share = await toleratedFailurePercentage(turn, frame, state);
  const tooMany =
    (count !== undefined && failedIterations > count) ||
    (share !== undefined && failedIterations * 100 > share * items.length);
  if (!tooMany) return;
  const cause = 'The specified tolerated failure threshold was exceeded';
  throw new FailedTry({ error: 'States.ExceedToleratedFailureThreshold', cause });
}

async function failed(
  request: TestRequest,
  tested: Tested,
  failure: FailureDetails,
  result: Json | undefined,
): Promise<JsonObject> {
  const { turn, frame, state } = tested;
  const retryIndex = state.retriers.findIndex(({ errorEquals }) => mayRetry(errorEquals, failure));
  const retrier = state.retriers[retryIndex];
  if (retrier !== undefined && request.retryCount < retrier.maxAttempts) {
    const retryBackoffIntervalSeconds = Math.round(
      retryDelay({ ...retrier, fullJitter: false }, request.retryCount, () => 1) / 1000,
    );
    const details = { retryIndex, retryBackoffIntervalSeconds };
    return { status: 'RETRIABLE', ...told(failure), ...(await inspected(request, tested, result, undefined, details)) };
  }
  const exhausted = retrier === undefined ? {} : { retryIndex };
  const catchIndex = state.catchers.findIndex(({ errorEquals }) => matchesError(errorEquals, failure));
  const catcher = state.catchers[catchIndex];
  if (catcher === undefined) {
    return { status: 'FAILED', ...told(failure), ...(await inspected(request, tested, result, undefined, exhausted)) };
  }
  let caught: Exit;
  try {
    caught = await caughtOutcome(turn, frame, state, catcher, failure);
  } catch (thrown) {
    const another = failureOf(thrown, state.name, frame.entered);
    if (another === undefined) throw thrown;
    return { status: 'FAILED', ...told(another), ...(await inspected(request, tested, result, undefined, exhausted)) };
  }
  const details = { ...exhausted, catchIndex };
  const data = await inspected(request, tested, result, caught.assigned, details);
  const output = jsonText(caught.output);
  return { status: 'CAUGHT_ERROR', ...told(failure), output, nextState: catcher.next, ...data };
}

function told({ error, cause }: FailureDetails): JsonObject {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

async function inspected(
  request: TestRequest,
  tested: Tested,
  result: Json | undefined,
  assigned: JsonObject | undefined,
  errorDetails: JsonObject = {},
): Promise<JsonObject> {
  if (request.level === 'INFO') return {};
  const stages = await inspectState({
    sent: undefined,
    ...tested,
    result,
    assigned,
    readerData: request.itemReaderData,
  });
  const details = Object.keys(errorDetails).length === 0 ? {} : { errorDetails };
  return { inspectionData: { ...texts(stages), ...httpCall(request, tested, result), ...details } };
}

/** At `TRACE`: the request that an HTTP task makes of its arguments, and the response that its result is made of. */
function httpCall(request: TestRequest, { turn, state, sent }: Tested, result: Json | undefined): JsonObject {
  const { level, mock } = request;
  if (level !== 'TRACE' || mock !== undefined || sent === undefined) return {};
  if (state.type !== 'Task' || !resourceOf(state).endsWith(':states:::http:invoke')) return {};
  const [, , , region = ''] = turn.execution.arn.split(':');
  const response = result === undefined ? undefined : httpResponse(sent, result);
  return { request: httpRequest(sent, region), ...(response !== undefined && { response }) };
}

/** Documents are JSON text in the API, and limits are numbers. */
function texts(stages: JsonObject): JsonObject {
  const entries = Object.entries(stages).map(([name, value]) =>
    /^(max|tolerated)/.test(name) ? [name, value] : [name, jsonText(value)],
  );
  return asJson(Object.fromEntries(entries)) as JsonObject;
}
