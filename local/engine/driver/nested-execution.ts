import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import { asJson, jsonText, parseJson } from '../data/json-text.ts';
import type { CallOrder } from '../frames/command.ts';
import type { Execution, Starter } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import { parseResource } from '../states/task/task-resource.ts';
import { parseTaskToken } from '../states/task/task-token.ts';

export type ChildRequest = {
  readonly machineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly starter: Starter | undefined;
};

/** Whether a call is `states:startExecution` in any pattern, which the engine performs itself. */
export function isNestedExecution(resource: string): boolean {
  const parsed = parseResource(resource);
  return parsed.kind === 'service' && parsed.type === 'states' && parsed.action.startsWith('startExecution');
}

/**
 * The execution that a call asks for. By default its name is derived from the try's token, so that a call that is
 * repeated after a restart finds the execution that it started.
 */
export function childRequest(parent: Execution, frame: number, order: CallOrder): ChildRequest {
  const given: JsonObject = isJsonObject(order.arguments) ? order.arguments : {};
  const { StateMachineArn, Name } = given;
  const input = given.Input ?? {};
  const resource = parseResource(order.resource);
  const pattern = resource.kind === 'service' ? resource.pattern : 'request';
  const waits = pattern === 'sync' || pattern === 'sync:2';
  return {
    machineArn: typeof StateMachineArn === 'string' ? StateMachineArn : '',
    name: typeof Name === 'string' ? Name : (parseTaskToken(order.token)?.try ?? ''),
    input: typeof input === 'string' ? input : jsonText(input),
    starter: waits ? { executionArn: parent.arn, frame, token: order.token, how: pattern } : undefined,
  };
}

/** Error names of the service's own integration. */
export function nestedFailure(thrown: unknown): { readonly error: string; readonly cause: string } {
  if (thrown instanceof ServiceError) {
    const cause = `${thrown.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${thrown.name}; Request ID: 00000000-0000-0000-0000-000000000000; Proxy: null)`;
    return { error: `StepFunctions.${thrown.name}Exception`, cause };
  }
  return { error: 'StepFunctions.InternalFailure', cause: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** The signal about an execution's end for the state that waits for it. */
export function childEnded(child: Execution, starter: Starter): Signal {
  const { frame, token } = starter;
  const described = describeChild(child, starter.how === 'sync:2');
  if (child.status === 'SUCCEEDED') return { kind: 'task-succeeded', frame, token, output: described };
  return { kind: 'task-failed', frame, token, error: 'States.TaskFailed', cause: JSON.stringify(described) };
}

/** `.sync:2` returns input and output as JSON, `.sync` as strings. */
function describeChild(child: Execution, parsed: boolean): JsonObject {
  const document = (text: string): Json => (parsed ? parseJson(text) : text);
  return asJson({
    ...(child.cause !== undefined && { Cause: child.cause }),
    ...(child.error !== undefined && { Error: child.error }),
    ExecutionArn: child.arn,
    Input: parsed && child.status === 'SUCCEEDED' ? document(child.input) : child.input,
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output !== undefined && { Output: document(child.output), OutputDetails: { Included: true } }),
    StartDate: child.startedAt,
    StateMachineArn: child.machine.arn,
    Status: child.status,
    StopDate: child.stoppedAt ?? null,
  }) as JsonObject;
}
