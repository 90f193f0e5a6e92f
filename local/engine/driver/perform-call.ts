import { asJson, isTooLarge, jsonText } from '../data/json-text.ts';
import type { CallOrder } from '../frames/command.ts';
import { dataLimitExceeded } from '../frames/failed-try.ts';
import type { Signal } from '../frames/signal.ts';
import { type TaskCall, TaskFailure, type TaskRunner } from '../ports/task-runner.ts';
import { parseResource } from '../states/task/task-resource.ts';

export function taskCall(executionArn: string, order: CallOrder, submitted: (output: unknown) => void): TaskCall {
  return {
    resource: order.resource,
    arguments: order.arguments,
    executionArn,
    stateName: order.stateName,
    taskToken: order.token,
    submitted,
    timeoutSeconds: order.timeoutSeconds,
    heartbeatSeconds: order.heartbeatSeconds,
  };
}

/** Performs a task's call, and reports its results as signals. */
export async function performCall(
  tasks: TaskRunner,
  executionArn: string,
  frame: number,
  order: CallOrder,
  send: (arn: string, signal: Signal) => void,
): Promise<void> {
  const { token } = order;
  const resource = parseResource(order.resource);
  const pattern = resource.kind === 'service' ? resource.pattern : 'request';
  const submitted = (output: unknown) =>
    send(executionArn, { kind: 'task-submitted', frame, token, output: plain(output) });
  try {
    const output = plain(await tasks.run(taskCall(executionArn, order, submitted)));
    if (isTooLarge(jsonText(output))) throw tooLarge(resource.kind === 'service' ? resource.type : order.resource);
    if (pattern === 'token') submitted(output);
    else send(executionArn, { kind: 'task-succeeded', frame, token, output });
  } catch (thrown) {
    const { error, failureCause } = thrown instanceof TaskFailure ? thrown : unexpected(thrown);
    send(executionArn, {
      kind: 'task-failed',
      frame,
      token,
      ...(error !== undefined && { error }),
      ...(failureCause !== undefined && { cause: failureCause }),
      ...(pattern === 'token' && { submission: true }),
    });
  }
}

/** AWS names the service or the function (recorded). */
function tooLarge(name: string): TaskFailure {
  const { error, cause } = dataLimitExceeded(name).details;
  return new TaskFailure(error, cause);
}

/** A runner must return JSON. Values that JSON cannot represent are dropped. */
function plain(output: unknown) {
  return asJson(output ?? null);
}

function unexpected(thrown: unknown): TaskFailure {
  return new TaskFailure('States.TaskFailed', thrown instanceof Error ? thrown.message : String(thrown));
}
