import type { Group } from '../graph/plan.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import { type Entry, type Kept, keep, withMore } from './carry.ts';
import type { Target } from './compiled.ts';
import { documentWith, expression, handedDown, lost, type Place, path, scoreOf, sum, total } from './document.ts';
import { gateEntry, gateState, signalEntry, signalState } from './gate-states.ts';
import type { Keys } from './keys.ts';
import { partRetry } from './retry.ts';
import { documentSize, type Size } from './room.ts';
import type { State, States } from './state-machine.ts';
import type { GateStep, ParallelStep, SignalStep, Step, StepReader, Steps } from './steps.ts';
import { cell, cellEntry } from './task-states.ts';

/** Context shared by all states of a pipeline's machines. */
export type Emission = {
  readonly pipeline: Pipeline;
  readonly graph: TaskGraph;
  readonly target: Target;
  readonly keys: Keys;
  readonly reader: StepReader;
  /** The size limit of each output that an expression reads. */
  readonly outputLimit: number;
  /** Of causes that travel in the document; see `CellSettings`. */
  readonly causeLength: number | undefined;
  /** Numbers the Parallel states and the parts, in the order of their first use. */
  readonly number: (of: Step) => number;
  /** The name of the machine that a part becomes. */
  readonly partMachine: (number: number) => string;
  /** Told of each part that a state starts, with what is around it. */
  readonly onPart: (step: PartStep, within: Within) => void;
  /** Told how large the document may be at some point. */
  readonly onSize: (size: Size) => void;
};

export type PartStep = Step & { readonly kind: 'part' };

export type Branch = { readonly StartAt: string; readonly States: States };

/** What is around the steps of a branch. */
export type Within = {
  /** Keys that the branch is given. */
  readonly above: ReadonlySet<string>;
  /** Keys that are read behind the branch. */
  readonly wanted: ReadonlySet<string>;
  /** The Parallel states around it. */
  readonly groups: ReadonlySet<Group>;
  /** The next state. Absent: the branch ends here and returns its tasks. */
  readonly next?: string;
};

/** At one step of a branch: what is known, what is read later, and which state follows. */
type Here = {
  readonly above: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly isLive: (key: string) => boolean;
  /** Read by a later state of the branch itself. */
  readonly isReadLater: (key: string) => boolean;
  readonly groups: ReadonlySet<Group>;
  readonly next: string | undefined;
};

type Emitted = { readonly states: States; readonly above: ReadonlySet<string>; readonly tasks: ReadonlySet<string> };

/** The states of one branch. */
export function emitBranch(emission: Emission, steps: Steps, within: Within): Branch {
  const lastRead = new Map<string, number>();
  steps.forEach((step, index) => {
    for (const key of emission.reader.asks([step])) lastRead.set(key, index);
  });
  let { above } = within;
  let tasks: ReadonlySet<string> = new Set();
  const states: Record<string, State> = {};
  steps.forEach((step, index) => {
    const following = steps[index + 1];
    const next = following === undefined ? within.next : entry(emission, following);
    const isReadLater = (key: string): boolean => (lastRead.get(key) ?? -1) > index;
    const isLive = (key: string): boolean => within.wanted.has(key) || isReadLater(key);
    const emitted = emitStep(emission, step, { above, tasks, isLive, isReadLater, groups: within.groups, next });
    Object.assign(states, emitted.states);
    ({ above, tasks } = emitted);
    emission.onSize(documentSize(emission.keys, [...above, ...tasks]));
  });
  const first = steps[0];
  return { StartAt: first === undefined ? (within.next ?? '') : entry(emission, first), States: states };
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

function emitStep(emission: Emission, step: Step, here: Here): Emitted {
  const name = entry(emission, step);
  switch (step.kind) {
    case 'task':
      return taskStates(emission, step.task, here);
    case 'gate':
      return gate(emission, name, step, here);
    case 'signal':
      return signal(emission, name, step, here);
    case 'parallel':
      return parallelState(emission, name, step, here);
    case 'part':
      return partState(emission, name, step, here);
  }
}

/** A timeout for states that must not wait for ever, longer than any run, so that the run itself ends TIMED_OUT. */
export function beyondDeadline(deadlineSeconds: number): number {
  return deadlineSeconds + 300;
}

function placeOf({ tasks }: Here, key: string): Place {
  return tasks.has(key) ? 'tasks' : 'above';
}

function keepTasks({ tasks, isLive, next }: Here): Kept {
  return keep('tasks', tasks, isLive, next === undefined);
}

function taskStates(emission: Emission, number: number, here: Here): Emitted {
  const { pipeline, graph, target, keys } = emission;
  const task = taskOf(graph, number);
  const numberOf = (name: string): number => graph.numberOf.get(name) ?? -1;
  const own = keys.of[number];
  const key = own !== undefined && here.isLive(own) ? own : undefined;
  const isWhole = key !== undefined && keys.whole.has(key);
  const kept = keepTasks(here);
  const isAdded = key !== undefined && keys.sharedIn.has(key) && kept.keys.has(key);

  const write = (score: string, outcome: string, more: readonly Entry[] = []): string => {
    const isNumber = /^\d+$/.test(score);
    const repeated = key !== undefined && !isWhole && !isNumber;
    const its = repeated ? '$s' : score;
    const value = isWhole ? outcome : isAdded ? sum([path(key ?? '', 'tasks'), its]) : its;
    const entries: Entry[] = [
      [total, `${path(total, 'tasks')}+${its}`],
      ...(key === undefined ? [] : [[key, value] as const]),
    ];
    const written = documentWith(withMore(kept, [...entries, ...more]), here.next === undefined);
    return repeated ? `($s:=${score};${written})` : written;
  };
  const read = names(graph, graph.outputs[number] ?? []);
  const states = cell(
    task,
    {
      pipeline: pipeline.name,
      startTask: target.functionArn('start-task'),
      timeoutSeconds: beyondDeadline(pipeline.runs.deadlineSeconds),
      outputLimit: keys.whole.has(own ?? '') ? emission.outputLimit : 0,
      buckets: pipeline.buckets ?? {},
      causeLength: emission.causeLength,
      stopOnFailure: pipeline.runs.onFailure === 'stop',
    },
    {
      next: here.next,
      terms: termsOf(emission, task.after.map(numberOf), here),
      reads: new Map(read.map((name) => [name, path(name, placeOf(here, name))])),
      write,
    },
  );
  return { states, above: here.above, tasks: new Set([...kept.keys, ...(key === undefined ? [] : [key])]) };
}

/** The scores of tasks, each key once. */
function termsOf({ keys, graph }: Emission, tasks: readonly number[], here: Here): string[] {
  const terms = tasks.flatMap((task): Entry[] => {
    const key = keys.of[task];
    if (key === undefined) return [];
    const at = path(key, placeOf(here, key));
    return [[key, keys.whole.has(key) ? scoreOf(at, taskOf(graph, task).tolerate) : at]];
  });
  return [...new Map(terms).values()];
}

function gate(emission: Emission, name: string, step: GateStep, here: Here): Emitted {
  const { graph, pipeline, target } = emission;
  const task = taskOf(graph, step.task);
  const brought = [...step.needs, ...step.wants];
  const result = (key: string): Entry => [key, `$states.result.tasks.\`${key}\``];
  const live = brought.filter(here.isReadLater);
  const above = keep('above', here.above, here.isReadLater);
  const isAll = live.length === brought.length;
  const tasks = { from: '$states.input.tasks', written: [], keys: here.tasks };
  const written = {
    above: withMore(above, isAll ? [] : live.map(result), isAll ? ['$states.result.tasks'] : []),
    tasks: withMore(tasks, step.handedOn.map(result)),
  };
  const settings = { gate: task.name, needs: step.needs, ...(step.early ? { rule: task.when } : {}) };
  const timeout = beyondDeadline(pipeline.runs.deadlineSeconds);
  return {
    states: { [name]: gateState(target.functionArn('start-task'), settings, written, timeout, here.next) },
    above: new Set([...above.keys, ...live]),
    tasks: new Set([...here.tasks, ...step.handedOn]),
  };
}

function signal({ graph, target }: Emission, name: string, step: SignalStep, here: Here): Emitted {
  const kept = keepTasks(here);
  const outcomes = new Map(step.keys.map((key) => [key, path(key, placeOf(here, key))]));
  const gates = names(graph, step.gates);
  const state = signalState(target.functionArn('signal'), gates, outcomes, withMore(kept, []), here.next);
  return { states: { [name]: state }, above: here.above, tasks: kept.keys };
}

function parallelState(emission: Emission, name: string, step: ParallelStep, here: Here): Emitted {
  const { reader, keys, onSize } = emission;
  const above = reader.asks([step]);
  const wanted = new Set([...reader.leaves([step])].filter(here.isLive));
  const groups = step.group === undefined ? here.groups : new Set([...here.groups, step.group]);
  const returned = step.branches.flatMap((branch) => [...reader.leaves(branch)].filter((key) => wanted.has(key)));
  onSize(documentSize(keys, returned, step.branches.length));
  const joined = join(emission, '$states.result.tasks', wanted, groups, here);
  const state: State = {
    Type: 'Parallel',
    Arguments: expression(`{'above':${given(above, here)},'tasks':{'${total}':0}}`),
    Branches: step.branches.map((branch) => emitBranch(emission, branch, { above, wanted, groups })),
    Output: expression(documentWith(joined.tasks, here.next === undefined)),
    ...(here.next === undefined ? { End: true } : { Next: here.next }),
  };
  return { states: { [name]: state }, above: here.above, tasks: joined.keys };
}

function partState(emission: Emission, name: string, step: PartStep, here: Here): Emitted {
  const number = emission.number(step);
  const above = emission.reader.asks(step.steps);
  const wanted = new Set([...emission.reader.leaves(step.steps)].filter(here.isLive));
  emission.onPart(step, { above, wanted, groups: here.groups });
  const joined = join(emission, '$states.result.Output.tasks', wanted, here.groups, here);
  const state: State = {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: emission.target.stateMachineArn(emission.partMachine(number)),
      Name: expression(`$run.id & '-part-${number}'`),
      Input: expression(
        `{'run':$run,'params':$params,'keep':$keep,'above':${given(above, here)},'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID':$states.context.Execution.Id}`,
      ),
    },
    TimeoutSeconds: beyondDeadline(emission.pipeline.runs.deadlineSeconds),
    Retry: partRetry,
    Output: expression(documentWith(joined.tasks, here.next === undefined)),
    ...(here.next === undefined ? { End: true } : { Next: here.next }),
  };
  return { states: { [name]: state }, above: here.above, tasks: joined.keys };
}

/** The document's own tasks, and those that branches return. Scores of keys that several of them share are added up. */
function join(
  { keys }: Emission,
  returned: string,
  wanted: ReadonlySet<string>,
  groups: ReadonlySet<Group>,
  here: Here,
): { readonly tasks: string; readonly keys: ReadonlySet<string> } {
  const kept = keepTasks(here);
  const isAdded = (key: string): boolean => {
    const group = keys.sharedIn.get(key);
    return group !== undefined && groups.has(group);
  };
  const both = (key: string): string => `[${path(key, 'tasks')},${returned}.\`${key}\`]`;
  const added = [total, ...[...wanted].filter(isAdded)].map((key): Entry => [key, `$sum(${both(key)})`]);
  const maps = [...wanted].every(isAdded) ? [] : [returned];
  const tasks = withMore(kept, [...added, [lost, `$merge(${both(lost)})`]], maps);
  return { tasks, keys: new Set([...kept.keys, ...wanted]) };
}

function given(asked: ReadonlySet<string>, here: Here): string {
  return handedDown([...asked].map((key) => [key, path(key, placeOf(here, key))]));
}
