import { present } from '../../json.ts';
import type { JoinRule } from '../../model/pipeline.ts';
import { turnExpression } from '../../protocol/call-order.ts';
import type { GateCall, SignalCall } from '../../protocol/read-call.ts';
import { documentWith, expression, object } from './document.ts';
import { callRetry, gateRetry } from './retry.ts';
import type { Expression, State } from './state-machine.ts';

/** The two states of an edge between branches: a gate waits, a signal opens it. */

export function gateEntry(task: string): string {
  return `${task} waits`;
}

export function signalEntry(task: string, ofPart: boolean): string {
  // the name of a task has at most 64 characters, and that of a state at most 80
  return ofPart ? `${task} signals part` : `${task} signals`;
}

export type GateSettings = {
  readonly gate: string;
  /** Keys. */
  readonly needs: readonly string[];
  readonly wants?: readonly string[];
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
    ...present({ wants: settings.wants, rule: settings.rule }),
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
 * @param outcomes the path of each outcome in the document, by key
 * @param tasks the tasks of the document after this state
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
