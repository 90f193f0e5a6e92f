import type { TaskGraph } from '../graph/task-graph.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import type { Target } from './compiled.ts';
import { documentWith, expression, handedDown, outcomePath, type Place } from './document.ts';
import { gateEntry, gateState, signalEntry, signalState } from './gate-states.ts';
import { causeLength } from './limits.ts';
import { partRetry } from './retry.ts';
import type { State, States } from './state-machine.ts';
import { asksFor, type GateStep, leavesBehind, type SignalStep, type Step, type Steps } from './steps.ts';
import { cell, cellEntry } from './task-states.ts';

/** Context shared by all states of a pipeline's machines. */
export type Emission = {
  readonly pipeline: Pipeline;
  readonly graph: TaskGraph;
  readonly target: Target;
  /** Tasks whose output an expression reads, and the size limit of each output. */
  readonly read: ReadonlySet<number>;
  readonly outputLimit: number;
  /** Numbers the Parallel states and the parts, in the order of their first use. */
  readonly number: (of: Step) => number;
  /** The name of the machine that a part becomes. */
  readonly partMachine: (number: number) => string;
};

export type Branch = { readonly StartAt: string; readonly States: States };

/** Paths to the outcomes in the document, at one point of a branch. */
type Known = Map<number, Place>;

/**
 * The states of one branch.
 *
 * @param above tasks whose outcomes the branch is given
 * @param then the next state; absent: the branch ends here and returns its own tasks
 */
export function emitBranch(emission: Emission, steps: Steps, above: ReadonlySet<number>, then?: string): Branch {
  const known: Known = new Map([...above].map((task) => [task, 'above']));
  const states: Record<string, State> = {};
  steps.forEach((step, index) => {
    const following = steps[index + 1];
    const next = following === undefined ? then : entry(emission, following);
    Object.assign(states, emitStep(emission, step, known, next));
    learn(known, step);
  });
  const first = steps[0];
  return { StartAt: first === undefined ? (then ?? '') : entry(emission, first), States: states };
}

function learn(known: Known, step: Step): void {
  if (step.kind === 'gate') for (const task of [...step.needs, ...step.wants]) known.set(task, 'above');
  for (const task of leavesBehind([step])) known.set(task, 'tasks');
}

function taskOf(graph: TaskGraph, number: number): Task {
  const task = graph.tasks[number];
  if (task === undefined) throw new RangeError(`no task ${number}`);
  return task;
}

function names(graph: TaskGraph, tasks: Iterable<number>): string[] {
  return [...tasks].map((task) => taskOf(graph, task).name);
}

function entry(emission: Emission, step: Step): string {
  if (step.kind === 'task') return cellEntry(taskOf(emission.graph, step.task).name);
  if (step.kind === 'gate') return gateEntry(taskOf(emission.graph, step.task).name);
  if (step.kind === 'signal') return signalEntry(taskOf(emission.graph, step.task).name, step.ofPart);
  return `${step.kind === 'part' ? 'Part' : 'Parallel'} ${emission.number(step)}`;
}

function emitStep(emission: Emission, step: Step, known: Known, next: string | undefined): States {
  const name = entry(emission, step);
  switch (step.kind) {
    case 'task':
      return taskStates(emission, step.task, known, next);
    case 'gate':
      return { [name]: gate(emission, step, next) };
    case 'signal':
      return { [name]: signal(emission, step, known, next) };
    case 'parallel':
      return { [name]: parallelState(emission, step, known, next) };
    case 'part':
      return { [name]: partState(emission, step, known, next) };
  }
}

/** A timeout for states that must not wait for ever, longer than any run, so that the run itself ends TIMED_OUT. */
export function beyondDeadline(deadlineSeconds: number): number {
  return deadlineSeconds + 300;
}

function taskStates(emission: Emission, number: number, known: Known, next: string | undefined): States {
  const { pipeline, graph, target, outputLimit } = emission;
  const task = taskOf(graph, number);
  const place = (name: string): Place => known.get(graph.numberOf.get(name) ?? -1) ?? 'above';
  const settings = {
    pipeline: pipeline.name,
    startTask: target.functionArn('start-task'),
    timeoutSeconds: beyondDeadline(pipeline.runs.deadlineSeconds),
    outputLimit: emission.read.has(number) ? outputLimit : 0,
    reads: names(graph, graph.outputs[number] ?? []),
    buckets: pipeline.buckets ?? {},
    causeLength: causeLength(pipeline.tasks.length),
    stopOnFailure: pipeline.runs.onFailure === 'stop',
  };
  return cell(task, settings, { next, place });
}

function gate(emission: Emission, step: GateStep, next: string | undefined): State {
  const { graph, pipeline, target } = emission;
  const task = taskOf(graph, step.task);
  const rule = step.early ? { rule: task.when } : {};
  const settings = { gate: task.name, needs: names(graph, step.needs), handedOn: names(graph, step.handedOn), ...rule };
  return gateState(target.functionArn('start-task'), settings, beyondDeadline(pipeline.runs.deadlineSeconds), next);
}

function signal(emission: Emission, step: SignalStep, known: Known, next: string | undefined): State {
  const { graph, target } = emission;
  const outcomes = step.tasks.map((task): [string, string] => {
    const { name } = taskOf(graph, task);
    return [name, outcomePath(name, known.get(task) ?? 'tasks')];
  });
  return signalState(target.functionArn('signal'), names(graph, step.gates), new Map(outcomes), next);
}

function parallelState(
  emission: Emission,
  step: Step & { kind: 'parallel' },
  known: Known,
  next: string | undefined,
): State {
  const asked = asksFor([step], emission.graph);
  return {
    Type: 'Parallel',
    Arguments: expression(`{'above':${given(emission, asked, known)},'tasks':{}}`),
    Branches: step.branches.map((branch) => emitBranch(emission, branch, asked)),
    Output: documentWith('$merge($append([$states.input.tasks],$states.result.tasks))', next === undefined),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}

function partState(emission: Emission, step: Step & { kind: 'part' }, known: Known, next: string | undefined): State {
  const number = emission.number(step);
  const asked = asksFor(step.steps, emission.graph);
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: emission.target.stateMachineArn(emission.partMachine(number)),
      Name: expression(`$run.id & '-part-${number}'`),
      Input: expression(
        `{'run':$run,'params':$params,'keep':$keep,'above':${given(emission, asked, known)},'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID':$states.context.Execution.Id}`,
      ),
    },
    TimeoutSeconds: beyondDeadline(emission.pipeline.runs.deadlineSeconds),
    Retry: partRetry,
    Output: documentWith('$merge([$states.input.tasks,$states.result.Output.tasks])', next === undefined),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}

function given(emission: Emission, asked: ReadonlySet<number>, known: Known): string {
  const sorted = [...asked].sort((a, b) => a - b);
  return handedDown(names(emission.graph, sorted), known.size);
}
