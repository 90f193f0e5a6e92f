import { present } from '../json.ts';
import type { Task, Value } from '../model/pipeline.ts';
import { expressionText } from '../pipeline/expressions/expressions-of.ts';
import { turnExpression } from '../protocol/call-order.ts';
import type { StartTaskCall } from '../protocol/read-call.ts';
import { documentWith, expression, outcomePath, type Place, quoted, withOutcome } from './document.ts';
import { joinCondition } from './join-condition.ts';
import { taskRetry } from './retry.ts';
import type { Expression, State, States, TaskState } from './state-machine.ts';

/** Where a task stands in its branch. */
export type Position = {
  /** The state that follows; undefined: the branch ends here. */
  readonly next: string | undefined;
  /** Where the document holds another task's outcome. */
  readonly place: (name: string) => Place;
};

export type CellSettings = {
  readonly pipeline: string;
  readonly startTask: string;
  readonly timeoutSeconds: number;
  readonly outputLimit: number;
  /** Tasks whose output the task's expressions read. */
  readonly reads: readonly string[];
  /** See `Pipeline.buckets`. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly stopOnFailure: boolean;
  /** Characters that are kept of the cause of an error of Step Functions' own. */
  readonly causeLength: number;
};

export function cellEntry(task: string): string {
  return `${task} runs?`;
}

/**
 * One task: a Choice that bypasses it when it is kept, blocked or skipped, then the Task. Every outcome is written into
 * the document and leads to the same next state.
 */
export function cell(task: Task, settings: CellSettings, position: Position): States {
  const states: Record<string, State> = {
    [cellEntry(task.name)]: passBy(task, position),
    [task.name]: taskState(task, settings, position),
  };
  if (settings.stopOnFailure && !task.tolerate) {
    const Cause = expression(`${quoted(`${task.name}: `)} & $states.input.error`);
    states[`${task.name} failed`] = { Type: 'Fail', Error: 'Gluewright.TaskFailed', Cause };
  }
  if (position.next === undefined) states[exit(task.name)] = { Type: 'Pass', End: true };
  return states;
}

/** Neither a Choice nor a Catch can end a branch; this Pass does it for them. */
function exit(task: string): string {
  return `${task} ended`;
}

function passBy(task: Task, position: Position): State {
  const kept = `$keep.\`${task.name}\``;
  const outcomes = task.after.map((name) => outcomePath(name, position.place(name)));
  const join = joinCondition(task.when, outcomes);
  const tolerated = task.tolerate ? ",'tolerated':true" : '';
  const isKept = `$exists(${kept})`;
  const condition = join === undefined ? isKept : `${isKept} or ${join.blocked}`;
  const outcome = join === undefined ? kept : `(${isKept}?${kept}:{'status':${join.status}${tolerated}})`;
  const Output = documentWith(withOutcome(task.name, outcome), position.next === undefined);
  const Next = position.next ?? exit(task.name);
  return { Type: 'Choice', Choices: [{ Condition: expression(condition), Output, Next }], Default: task.name };
}

function taskState(task: Task, settings: CellSettings, position: Position): TaskState {
  const bind = (value: Value): Expression => bound(value, (text) => bindings(text, settings, position));
  const call: { [Key in keyof StartTaskCall]: Expression } = {
    call: 'task',
    token: '{% $states.context.Task.Token %}',
    turn: turnExpression,
    run: '{% $run.id %}',
    pipeline: settings.pipeline,
    task: task.name,
    ...(task.if === undefined ? {} : { if: bind(task.if) }),
    attempts: task.retry.attempts,
    timeout: task.timeoutSeconds,
    ...present({ deadline: task.deadlineSeconds }),
    outputLimit: settings.outputLimit,
    work: bind(task.work),
  };
  const last = position.next === undefined;
  const write = (outcome: string): string => documentWith(withOutcome(task.name, outcome), last);
  const tolerated = task.tolerate ? ",'tolerated':true" : '';
  const stop = settings.stopOnFailure && !task.tolerate;
  const failedWith = (outcome: string): { Output: string; Next: string } =>
    stop
      ? { Output: "{% {'error': $states.errorOutput.Error} %}", Next: `${task.name} failed` }
      : { Output: write(outcome), Next: position.next ?? exit(task.name) };
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: settings.startTask, Payload: call },
    TimeoutSeconds: settings.timeoutSeconds,
    Retry: taskRetry(task.retry, task.work.kind),
    Catch: [
      // Not matched by States.ALL: an argument or an output over 256 KiB.
      {
        ErrorEquals: ['States.DataLimitExceeded'],
        ...failedWith(`{'status':'failed'${tolerated},'error':'States.DataLimitExceeded'}`),
      },
      { ErrorEquals: ['States.ALL'], ...failedWith(failure(tolerated, settings.causeLength)) },
    ],
    Output: write('$states.result'),
    ...(last ? { End: true } : { Next: position.next ?? '' }),
  };
}

/** Errors of Step Functions' own travel in the document, since the ledger has not seen them. `States.Timeout` has no Cause. */
function failure(tolerated: string, causeLength: number): string {
  const [error, cause] = ['$states.errorOutput.Error', '$states.errorOutput.Cause'];
  // The text before it names the failed state and its event.
  const kept = `$exists(${cause})?$substring($substringAfter(${cause},'). '),-${causeLength})`;
  const own = `$substringBefore(${error},'.')='States'?{'error':${error}${causeLength === 0 ? '' : `,'cause':${kept}`}}`;
  return `$merge([{'status':'failed'${tolerated}},$lookup($endings,${error}),${own}])`;
}

/** What an expression reads besides the variables of the machine, bound within the expression itself. */
function bindings(text: string, { reads, buckets }: CellSettings, position: Position): string[] {
  const outcomes = reads.map((name) => `${quoted(name)}:${outcomePath(name, position.place(name))}`);
  const names = Object.entries(buckets).map(([alias, name]) => `${quoted(alias)}:${quoted(name)}`);
  return [
    ...(reads.length === 0 ? [] : [`$tasks:={${outcomes.join(',')}}`]),
    // where there is none it is bound to nothing, so that $exists tells
    ...(text.includes('$interval') ? ['$interval:=$run.interval'] : []),
    ...(text.includes('$buckets') ? [`$buckets:={${names.join(',')}}`] : []),
  ];
}

/** A user's value whose expressions bind what they read. */
function bound(value: Value, bindingsOf: (text: string) => readonly string[]): Expression {
  if (typeof value === 'string') {
    const text = expressionText(value);
    const own = text === undefined ? [] : bindingsOf(text);
    return own.length === 0 ? value : expression(`(${own.join(';')};${text})`);
  }
  if (Array.isArray(value)) return value.map((item: Value) => bound(item, bindingsOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bound(item, bindingsOf)]));
}
