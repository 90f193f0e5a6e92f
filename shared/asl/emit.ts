import type { Group } from '../graph/plan.ts';
import {
  type Branch,
  beyondDeadline,
  type Emission,
  type Emitted,
  type Here,
  keepTasks,
  placeOf,
  taskOf,
  type Within,
} from './emission.ts';
import { emitLeaf } from './emit-leaf.ts';
import { documentSize } from './room.ts';
import { type Entry, withMore } from './states/carry.ts';
import { documentWith, expression, handedDown, lost, noTasks, path, total } from './states/document.ts';
import { gateEntry, signalEntry } from './states/gate-states.ts';
import { partRetry } from './states/retry.ts';
import type { State } from './states/state-machine.ts';
import { cellEntry } from './states/task-states.ts';
import type { ParallelStep, PartStep, Step, Steps } from './steps.ts';

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

function entry(emission: Emission, step: Step): string {
  if (step.kind === 'task') return cellEntry(taskOf(emission.graph, step.task).name);
  if (step.kind === 'gate') return gateEntry(taskOf(emission.graph, step.task).name);
  if (step.kind === 'signal') return signalEntry(taskOf(emission.graph, step.task).name, step.ofPart);
  return `${step.kind === 'part' ? 'Part' : 'Parallel'} ${emission.number(step)}`;
}

function emitStep(emission: Emission, step: Step, here: Here): Emitted {
  const name = entry(emission, step);
  if (step.kind === 'parallel') return parallelState(emission, name, step, here);
  return step.kind === 'part' ? partState(emission, name, step, here) : emitLeaf(emission, name, step, here);
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
    Arguments: expression(`{'above':${given(above, here)},'tasks':${JSON.stringify(noTasks)}}`),
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

/** Joins the document's own tasks and those that branches return. The scores of a shared key are added. */
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
