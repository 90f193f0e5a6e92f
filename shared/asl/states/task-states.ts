import { present } from '../../json.ts';
import type { Task, Value } from '../../model/pipeline.ts';
import { failureScore, scores } from '../../model/score.ts';
import { expressionText } from '../../pipeline/expressions/expression-text.ts';
import { turnExpression } from '../../protocol/call-order.ts';
import type { StartTaskCall } from '../../protocol/read-call.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { expression, lost, object, path, quoted, scoreOf } from './document.ts';
import { joinCondition } from './join-condition.ts';
import { type EndOfTask, nativeStates, tooLarge } from './native-states.ts';
import { taskRetry } from './retry.ts';
import type { Expression, State, States, TaskState } from './state-machine.ts';

/** The place of a task in its branch. */
export type Position = {
  /** The next state. Undefined: the branch ends here. */
  readonly next: string | undefined;
  /** Scores of the tasks that its join rule judges. */
  readonly terms: readonly string[];
  /** The paths of the outcomes that its expressions read, by task. */
  readonly reads: ReadonlyMap<string, string>;
  /** The document with the task's score, and with its whole outcome if a later state reads the output. */
  readonly write: (score: string, outcome: string, more?: readonly (readonly [key: string, value: string])[]) => string;
};

export type CellSettings = {
  readonly pipeline: string;
  readonly startTask: string;
  readonly timeoutSeconds: number;
  readonly outputLimit: number;
  /** See `Pipeline.buckets`. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly stopOnFailure: boolean;
  /** The characters to keep of the cause of an error of Step Functions. Undefined: the error is dropped, too. */
  readonly causeLength: number | undefined;
};

export function cellEntry(task: string): string {
  return `${task} runs?`;
}

/**
 * One task: a Choice that bypasses it when it is kept, blocked or skipped, then the Task. Every outcome goes into the
 * document and leads to the same next state.
 */
export function cell(task: Task, settings: CellSettings, position: Position): States {
  const states: Record<string, State> = {
    [cellEntry(task.name)]: passBy(task, position),
    ...workStates(task, settings, position),
  };
  if (settings.stopOnFailure && !task.tolerate) {
    const Cause = expression(`${quoted(`${task.name}: `)} & $states.input.error`);
    states[`${task.name} failed`] = { Type: 'Fail', Error: 'Gluewright.TaskFailed', Cause };
  }
  if (position.next === undefined) states[exit(task.name)] = { Type: 'Pass', End: true };
  return states;
}

function workStates(task: Task, settings: CellSettings, position: Position): States {
  const { runs } = kindOf(task.work.kind);
  if (runs.by !== 'state') return { [task.name]: taskState(task, settings, position) };
  const call = callOf(task, settings, position);
  return nativeStates(task, runs, settings, { call, end: endOf(task, settings, position), write: position.write });
}

/** Neither a Choice nor a Catch can end a branch; this Pass does it for them. */
function exit(task: string): string {
  return `${task} ended`;
}

function passBy(task: Task, { terms, write, next }: Position): State {
  const kept = `$keep.\`${task.name}\``;
  const join = joinCondition(task.when, terms, task.after.length);
  const isKept = `$exists(${kept})`;
  const condition = join === undefined ? isKept : `${isKept} or ${join.blocked}`;
  const keptScore = scoreOf(kept, task.tolerate);
  const failure = `(${join?.failed}?${failureScore(task)}:0)`;
  const Output =
    join === undefined
      ? write(keptScore, kept)
      : write(
          `(${isKept}?${keptScore}:${join.failed === 'false' ? 0 : failure})`,
          `(${isKept}?${kept}:{'status':${join.failed}?'upstream_failed':'skipped'${tolerated(task)}})`,
        );
  const Next = next ?? exit(task.name);
  const Choices = [{ Condition: expression(condition), Output: expression(Output), Next }];
  return { Type: 'Choice', Choices, Default: task.name };
}

/** Marks the outcome of a task whose failure is tolerated. */
function tolerated({ tolerate }: Task): string {
  return tolerate ? ",'tolerated':true" : '';
}

/** What starts the task: the call's work has the users' expressions. */
function callOf(task: Task, settings: CellSettings, position: Position) {
  const bind = (value: Value): Expression => bound(value, (text) => bindings(text, settings, position));
  return {
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
  } satisfies { [Key in keyof StartTaskCall]: Expression };
}

/** What follows a state that ends the task: it writes the outcome into the document, whatever it is. */
function endOf(task: Task, settings: CellSettings, position: Position): EndOfTask {
  const { next, write } = position;
  const stop = settings.stopOnFailure && !task.tolerate;
  const passed = next ?? exit(task.name);
  const failed = (outcome: string, more: readonly (readonly [string, string])[] = []) =>
    stop
      ? { Output: "{% {'error': $states.errorOutput.Error} %}", Next: `${task.name} failed` }
      : { Output: expression(write(`${failureScore(task)}`, outcome, more)), Next: passed };
  const { causeLength } = settings;
  const unknown = (text: string): [string, string][] => (causeLength === undefined ? [] : [[lost, lostWith(text)]]);
  return {
    next: next === undefined ? { End: true } : { Next: next },
    skipped: { Output: expression(write('0', "{'status':'skipped'}")), Next: passed },
    caught: [
      {
        ErrorEquals: [tooLarge],
        ...failed(
          `{'status':'failed'${tolerated(task)}}`,
          unknown(`{${quoted(task.name)}:{'error':${quoted(tooLarge)}}}`),
        ),
      },
      {
        ErrorEquals: ['States.ALL'],
        ...failed(failure(task), unknown(ownError(task.name, causeLength ?? 0))),
      },
    ],
  };
}

function taskState(task: Task, settings: CellSettings, position: Position): TaskState {
  const { caught, next } = endOf(task, settings, position);
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: settings.startTask, Payload: callOf(task, settings, position) },
    TimeoutSeconds: settings.timeoutSeconds,
    Retry: taskRetry(task.retry, task.work.kind),
    Catch: caught,
    Output: expression(position.write(`($states.result.status='succeeded'?${scores.succeeded}:0)`, '$states.result')),
    ...next,
  };
}

function lostWith(errors: string): string {
  return `$merge([${path(lost, 'tasks')},${errors}])`;
}

/**
 * The document carries errors of Step Functions, because the ledger does not see them. Some have no cause. A callback may
 * fail a task with neither error nor cause: both are null then.
 */
function ownError(task: string, causeLength: number): string {
  // the text before `). ` names the failed state and its event
  const kept = `$type($e.Cause)='string'?$substring($substringAfter($e.Cause,'). '),-${causeLength})`;
  const own = `{'error':$e.Error${causeLength === 0 ? '' : `,'cause':${kept}`}}`;
  const isOwn = `$substringBefore($string($e.Error),'.')='States'`;
  return `($e:=$states.errorOutput;${isOwn}?{${quoted(task)}:${own}})`;
}

function failure(task: Task): string {
  return `$merge([{'status':'failed'${tolerated(task)}},$lookup($endings,$string($states.errorOutput.Error))])`;
}

/** Binds what an expression reads besides the variables of the machine. */
function bindings(text: string, { buckets }: CellSettings, { reads }: Position): string[] {
  const names = Object.entries(buckets).map(([alias, name]) => `${quoted(alias)}:${quoted(name)}`);
  return [
    ...(reads.size === 0 ? [] : [`$tasks:=${object([...reads])}`]),
    // without an interval it is bound to nothing, so that $exists($interval) is false
    ...(text.includes('$interval') ? ['$interval:=$run.interval'] : []),
    ...(text.includes('$buckets') ? [`$buckets:={${names.join(',')}}`] : []),
  ];
}

/** Makes each expression of a user's value bind what it reads. */
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
