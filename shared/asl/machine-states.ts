import { present } from '../json.ts';
import { scores } from '../model/score.ts';
import type { KindName } from '../tasks/kinds.ts';
import type { Branch } from './emission.ts';
import { expression, lost, noTasks, path, quoted, total, variables } from './states/document.ts';
import { callRetry } from './states/retry.ts';
import type { State, StateMachine } from './states/state-machine.ts';

/** The first and last states of a machine. Their names contain a space, which no task's name does. */
export const firstState = 'Start run';
export const lastState = 'Finish run';

const hasFailed = `${path(total, 'tasks')}>=${scores.failed}`;

function start(pipeline: string, kinds: readonly KindName[], next: string, part: boolean): State {
  const defaults = `{'pipeline':${quoted(pipeline)},'trigger':{},'startedAt':$states.context.Execution.StartTime}`;
  // Only a part gets its owner. An execution that somebody starts with the input of another is a run of its own.
  const own = part ? '' : ",{'id':$states.context.Execution.Name}";
  // a variable must be assigned, and null counts as existing, so values that may be missing are fields of $run
  const interval = "$exists($states.input.interval)?{'interval':$states.input.interval}:{}";
  const run = `$merge([${defaults},$states.input.run${own},${interval}])`;
  return {
    Type: 'Pass',
    Assign: {
      run: expression(run),
      params: expression('$merge([{},$states.input.params])'),
      keep: expression('$merge([{},$states.input.keep])'),
      ...variables(kinds),
    },
    Output: part ? expression(`{'above':$states.input.above,'tasks':${JSON.stringify(noTasks)}}`) : { tasks: noTasks },
    Next: next,
  };
}

/** A machine that runs a whole pipeline. It ends with `finish-run` and fails if a task failed. */
export function pipelineMachine(
  pipeline: {
    readonly name: string;
    readonly description?: string;
    readonly deadlineSeconds: number;
    readonly kinds: readonly KindName[];
  },
  finishRun: string,
  branch: Branch,
): StateMachine {
  return {
    ...present({ Comment: pipeline.description }),
    QueryLanguage: 'JSONata',
    TimeoutSeconds: pipeline.deadlineSeconds,
    StartAt: firstState,
    States: {
      [firstState]: start(pipeline.name, pipeline.kinds, branch.StartAt, false),
      ...branch.States,
      [lastState]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: finishRun,
          Payload: {
            run: '{% $run.id %}',
            pipeline: pipeline.name,
            status: expression(`${hasFailed}?'FAILED':'SUCCEEDED'`),
            lost: expression(path(lost, 'tasks')),
          },
        },
        Retry: callRetry,
        // if this fails, the status is still right, and `on-run-state` records it
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: 'Any failed?' }],
        Output: expression(`$merge([$states.input,{'failed':$states.result.Payload.failed}])`),
        Next: 'Any failed?',
      },
      'Any failed?': {
        Type: 'Choice',
        Choices: [{ Condition: expression(hasFailed), Next: 'Run failed' }],
        Default: 'Run succeeded',
      },
      'Run succeeded': { Type: 'Succeed' },
      'Run failed': {
        Type: 'Fail',
        Error: 'Gluewright.TasksFailed',
        Cause: expression(`$exists($states.input.failed)?$states.input.failed:'tasks failed'`),
      },
    },
  };
}

/** A machine that runs a part of a pipeline for the machine that starts it. */
export function partMachine(
  pipeline: string,
  kinds: readonly KindName[],
  timeoutSeconds: number,
  branch: Branch,
): StateMachine {
  return {
    Comment: `A part of ${pipeline}`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: firstState,
    States: { [firstState]: start(pipeline, kinds, branch.StartAt, true), ...branch.States },
  };
}
