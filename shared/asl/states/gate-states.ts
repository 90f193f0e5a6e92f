import { present } from '../../json.ts';
import type { JoinRule } from '../../model/pipeline.ts';
import { turnExpression } from '../../protocol/call-order.ts';
import type { GateCall, SignalCall } from '../../protocol/read-call.ts';
import { documentWith, expression, object } from './document.ts';
import { callRetry, gateRetry } from './retry.ts';
import type { Expression, State } from './state-machine.ts';

/** The two states of an edge that crosses branches: a gate waits, a signal opens it. */

export function gateEntry(task: string): string {
  return `${task} waits`;
}

export function signalEntry(task: string, ofPart: boolean): string {
  // A task has a name of at most 64 characters, and a state one of at most 80.
  return ofPart ? `${task} signals part` : `${task} signals`;
}

export type GateSettings = {
  readonly gate: string;
  /** Keys. */
  readonly needs: readonly string[];
  readonly rule?: JoinRule;
};

export function gateState(
  startTask: string,
  settings: GateSettings,
  written: { readonly above: string; readonly tasks: string },
  timeoutSeconds: number,
  next: string | undefined,
): State {
  const call: { [Key in keyof GateCall]: Expression } = {
    call: 'gate',
    token: '{% $states.context.Task.Token %}',
    turn: turnExpression,
    run: '{% $run.id %}',
    gate: settings.gate,
    needs: settings.needs,
    ...present({ rule: settings.rule }),
  };
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: startTask, Payload: call },
    TimeoutSeconds: timeoutSeconds,
    Retry: gateRetry,
    Output: expression(`{'above':${written.above},'tasks':${written.tasks}}`),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}

/**
 * @param outcomes by key: the path to it in the document
 * @param tasks that the document has afterwards
 */
export function signalState(
  signal: string,
  gates: readonly string[],
  outcomes: ReadonlyMap<string, string>,
  tasks: string,
  next: string | undefined,
): State {
  const call: { [Key in keyof SignalCall]: Expression } = {
    run: '{% $run.id %}',
    gates,
    tasks: expression(object([...outcomes])),
  };
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: signal, Payload: call },
    Retry: callRetry,
    Output: expression(documentWith(tasks, next === undefined)),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}
