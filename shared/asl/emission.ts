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
export type Here = {
  readonly above: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly isLive: (key: string) => boolean;
  /** Read by a later state of the branch itself. */
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

/** A timeout for states that must not wait for ever, longer than any run, so that the run itself ends TIMED_OUT. */
export function beyondDeadline(deadlineSeconds: number): number {
  return deadlineSeconds + 300;
}

export function placeOf({ tasks }: Here, key: string): Place {
  return tasks.has(key) ? 'tasks' : 'above';
}

export function keepTasks({ tasks, isLive, next }: Here): Kept {
  return keep('tasks', tasks, isLive, next === undefined);
}
