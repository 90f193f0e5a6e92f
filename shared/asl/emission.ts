import type { Group } from '../graph/plan.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { Pipeline, Task } from '../model/pipeline.ts';
import type { Target } from './compiled.ts';
import type { Keys } from './keys.ts';
import type { Size } from './room.ts';
import { type Kept, keep } from './states/carry.ts';
import type { Place } from './states/document.ts';
import type { States } from './states/state-machine.ts';
import type { PartStep, Step, StepReader } from './steps.ts';

/** Context shared by all states of a pipeline's machines. */
export type Emission = {
  readonly pipeline: Pipeline;
  readonly graph: TaskGraph;
  readonly target: Target;
  readonly keys: Keys;
  readonly reader: StepReader;
  /** The size limit of each output that an expression reads. */
  readonly outputLimit: number;
  /** The limit of causes in the document: see `CellSettings`. */
  readonly causeLength: number | undefined;
  /** Numbers Parallel states and parts in the order of their first use. */
  readonly number: (of: Step) => number;
  /** The name of a part's machine. */
  readonly partMachine: (number: number) => string;
  /** Called for each part that a state starts. */
  readonly onPart: (step: PartStep, within: Within) => void;
  /** Called with the largest size of the document at each point. */
  readonly onSize: (size: Size) => void;
};

export type Branch = { readonly StartAt: string; readonly States: States };

/** The surroundings of the steps of a branch. */
export type Within = {
  /** Keys that the branch receives. */
  readonly above: ReadonlySet<string>;
  /** Keys that states after the branch read. */
  readonly wanted: ReadonlySet<string>;
  /** The Parallel states around it. */
  readonly groups: ReadonlySet<Group>;
  /** The next state. Absent: the branch ends here and returns its tasks. */
  readonly next?: string;
};

/** The place of one step in a branch: the known keys, the keys that are read later, and the next state. */
export type Here = {
  readonly above: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly isLive: (key: string) => boolean;
  /** Whether a later state of the branch itself reads the key. */
  readonly isReadLater: (key: string) => boolean;
  readonly groups: ReadonlySet<Group>;
  readonly next: string | undefined;
};

export type Emitted = {
  readonly states: States;
  readonly above: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
};

export function taskOf(graph: TaskGraph, number: number): Task {
  const task = graph.tasks[number];
  if (task === undefined) throw new RangeError(`no task ${number}`);
  return task;
}

export function names(graph: TaskGraph, tasks: Iterable<number>): string[] {
  return [...tasks].map((task) => taskOf(graph, task).name);
}

/** The timeout of waiting states. It is longer than any run, so that the run itself ends TIMED_OUT. */
export function beyondDeadline(deadlineSeconds: number): number {
  return deadlineSeconds + 300;
}

export function placeOf({ tasks }: Here, key: string): Place {
  return tasks.has(key) ? 'tasks' : 'above';
}

export function keepTasks({ tasks, isLive, next }: Here): Kept {
  return keep('tasks', tasks, isLive, next === undefined);
}
