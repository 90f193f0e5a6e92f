import type { Json, JsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import { isTooLarge, maxDocumentBytes, parseJson } from '../data/json-text.ts';
import type { Program } from '../definition/program.ts';
import type { Execution, MachineOfExecution, Starter } from '../frames/execution.ts';
import type { EngineOptions } from '../ports/engine-options.ts';

export type StartRequest = {
  /** The ARN of a machine, a version or an alias. */
  readonly machineArn: string;
  readonly name?: string | undefined;
  /** JSON text. */
  readonly input: string;
  readonly starter?: Starter | undefined;
  readonly child?: MapChild | undefined;
};

/** For a distributed Map's child: the part of the definition to run, and its item. */
export type MapChild = {
  readonly machine: MachineOfExecution;
  readonly scope: number;
  readonly item: JsonObject | undefined;
};

/** The ARN contains the machine's type. Express executions cannot be found again by name. */
export function executionArn(options: EngineOptions, machine: MachineOfExecution, name: string): string {
  const { region, account } = options;
  if (machine.type === 'STANDARD') return `arn:aws:states:${region}:${account}:execution:${machine.name}:${name}`;
  return `arn:aws:states:${region}:${account}:express:${machine.name}:${name}:${options.uuid()}`;
}

/** @throws {ServiceError} InvalidExecutionInput */
export function parseInputText(text: string): Json {
  if (isTooLarge(text)) {
    throw new ServiceError('InvalidExecutionInput', `The input is longer than ${maxDocumentBytes} bytes`);
  }
  try {
    return parseJson(text);
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`);
  }
}

/** Time limit of an Express execution (Step Functions quotas). */
const expressSeconds = 300;

export function newExecution(
  options: EngineOptions,
  machine: MachineOfExecution,
  program: Program,
  identity: { readonly arn: string; readonly name: string },
  request: StartRequest,
  inputValue: Json,
): Execution {
  const startedAt = options.clock.now();
  const timeoutSeconds = request.child === undefined ? program.timeoutSeconds : undefined;
  const limit =
    machine.type === 'EXPRESS' ? Math.min(timeoutSeconds ?? expressSeconds, expressSeconds) : timeoutSeconds;
  return {
    key: options.store.nextKey(),
    arn: identity.arn,
    name: identity.name,
    machine,
    program,
    rootScope: request.child?.scope ?? 0,
    startedAt,
    input: request.input,
    inputValue,
    starter: request.starter,
    mapItem: request.child?.item,
    status: 'RUNNING',
    stoppedAt: undefined,
    timeoutAt: limit === undefined ? undefined : startedAt + limit * 1000,
    output: undefined,
    error: undefined,
    cause: undefined,
    redriveCount: 0,
    redrivenAt: undefined,
    lastEvent: 0,
    nextFrame: 0,
    frames: new Map(),
  };
}
