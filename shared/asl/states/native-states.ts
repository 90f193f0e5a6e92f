import type { Task } from '../../model/pipeline.ts';
import { scores } from '../../model/score.ts';
import { skippedError } from '../../tasks/errors.ts';
import type { NativeWork } from '../../tasks/kind/native-work.ts';
import type { Work } from '../../tasks/kinds.ts';
import { expression, quoted } from './document.ts';
import { nativeRetry, toldRetry } from './retry.ts';
import type { Catcher, Expression, Next, States } from './state-machine.ts';

/** What follows a state that ends a task. `caught`: any error. */
export type EndOfTask = {
  readonly next: Next;
  readonly skipped: Omit<Catcher, 'ErrorEquals'>;
  readonly caught: readonly Catcher[];
};

/** An argument or an output over 256 KiB. `States.ALL` does not match it. */
export const tooLarge = 'States.DataLimitExceeded';

/** Characters of a cause that reach the ledger. */
const causeCharacters = 2_000;

/**
 * The states of a native task: one asks `start-task` for the evaluated work, one does it, and one tells `start-task` what
 * came of it.
 */
export function nativeStates(
  task: Task,
  runs: NativeWork<Work>,
  { startTask, outputLimit }: { readonly startTask: string; readonly outputLimit: number },
  of: {
    readonly call: { readonly [name: string]: Expression };
    readonly end: EndOfTask;
    readonly write: (score: string, outcome: string) => string;
  },
): States {
  const { resource, arguments: Arguments } = runs.state(task.work);
  const does = `${task.name} does`;
  const reports = `${task.name} reports`;
  const told = toldRetry(task.work.kind);
  // the first state has no token, and is entered once
  const token = expression(`$run.id & ${quoted(`/${task.name}`)}`);
  const failed = {
    Output: withFields(
      `{'error':$states.errorOutput.Error,'cause':$substring($string($states.errorOutput.Cause),0,${causeCharacters})}`,
    ),
    Next: reports,
  };
  const ended = "$sift($states.input,function($v,$k){$k in ['result','error','cause']})";
  return {
    [task.name]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: startTask, Payload: { ...of.call, token } },
      Retry: told,
      Catch: [{ ErrorEquals: [skippedError], ...of.end.skipped }, ...of.end.caught],
      Output: withFields("{'work':$states.result.Payload.work}"),
      Next: does,
    },
    [does]: {
      Type: 'Task',
      Resource: resource,
      Arguments,
      TimeoutSeconds: Math.min(task.timeoutSeconds, task.deadlineSeconds ?? task.timeoutSeconds),
      Retry: nativeRetry(task, runs),
      Catch: [
        { ErrorEquals: [tooLarge], ...failed },
        { ErrorEquals: ['States.ALL'], ...failed },
      ],
      // a result that nobody reads takes no room
      Output: withFields(`{'result':${outputLimit === 0 ? 'null' : runs.result}}`),
      Next: reports,
    },
    [reports]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: startTask,
        Payload: expression(`$merge([{'call':'end','run':$run.id,'task':${quoted(task.name)}},${ended}])`),
      },
      Retry: told,
      Catch: of.end.caught,
      Output: expression(of.write(`${scores.succeeded}`, '$states.result.Payload')),
      ...of.end.next,
    },
  };
}

/** The document with more fields, until the last state writes it anew. */
function withFields(fields: string): string {
  return expression(`$merge([$states.input,${fields}])`);
}
