import type { JsonObject } from '../../../shared/json.ts';
import type { Program, StateDefinition } from '../definition/program.ts';
import type { Execution, Frame } from '../frames/execution.ts';
import { newFrame } from '../frames/new-frame.ts';
import { beginTurn, type Tools, type Turn } from '../frames/turn.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { taskToken } from '../states/task/task-token.ts';
import type { TestRequest } from './test-request.ts';
import { type TestedState, testedName } from './tested-state.ts';

/** A state that is about to do its work, in an execution that exists nowhere else. */
export function testedTurn(
  options: EngineOptions,
  tools: Tools,
  { program, inMap }: TestedState,
  request: TestRequest,
): { readonly turn: Turn; readonly frame: Frame; readonly state: StateDefinition } {
  const now = options.clock.now();
  const state = program.scopes[0]?.states.get(testedName);
  if (state === undefined) throw new Error('the tested state is not in its program');
  const execution = testedExecution(options, program, request, now);
  const frame = newFrame(0, undefined, { scope: 0, index: 0, input: request.input, previous: 0 }, testedName);
  frame.documents = { input: request.input, variables: request.variables };
  frame.enteredAt = now;
  frame.entered = 2;
  execution.frames.set(0, frame);
  const context = request.context ?? {
    ...testedContext(execution, state, request, now),
    ...(inMap && { Map: { Item: { Index: 0, Value: request.input } } }),
    ...(waits(state) && { Task: { Token: taskToken({ executionArn: execution.arn, frame: 0, try: options.uuid() }) } }),
  };
  return { turn: beginTurn(execution, { ...tools, context }, now), frame, state };
}

/** For a token, which it reads from its context. */
function waits({ type, fields }: StateDefinition): boolean {
  return type === 'Task' && typeof fields.Resource === 'string' && fields.Resource.endsWith('.waitForTaskToken');
}

function testedExecution(options: EngineOptions, program: Program, request: TestRequest, now: number): Execution {
  const { region, account, uuid } = options;
  const [machineName, name] = [uuid(), uuid()];
  return {
    key: 0,
    arn: `arn:aws:states:${region}:${account}:express:${machineName}:${name}`,
    name,
    machine: {
      arn: `arn:aws:states:${region}:${account}:stateMachine:${machineName}`,
      name: machineName,
      type: 'EXPRESS',
      roleArn: request.roleArn ?? '',
      revision: '',
    },
    program,
    rootScope: 0,
    startedAt: now,
    input: JSON.stringify(request.input),
    inputValue: request.input,
    starter: undefined,
    mapItem: undefined,
    status: 'RUNNING',
    stoppedAt: undefined,
    timeoutAt: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    redriveCount: 0,
    redrivenAt: undefined,
    lastEvent: 2,
    nextFrame: 1,
    frames: new Map(),
  };
}

function testedContext(execution: Execution, state: StateDefinition, request: TestRequest, now: number): JsonObject {
  const { machine } = execution;
  const time = new Date(now).toISOString();
  const retries = state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
  return {
    Execution: {
      Id: execution.arn,
      Input: request.input,
      Name: execution.name,
      RoleArn: request.roleArn ?? null,
      StartTime: time,
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: { Name: testedName, EnteredTime: time, ...(retries && { RetryCount: request.retryCount }) },
  };
}
