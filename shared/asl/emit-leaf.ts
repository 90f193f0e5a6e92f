import {
  beyondDeadline,
  type Emission,
  type Emitted,
  type Here,
  keepTasks,
  names,
  placeOf,
  taskOf,
} from './emission.ts';
import { type Entry, keep, withMore } from './states/carry.ts';
import { documentWith, path, scoreOf, sum, total } from './states/document.ts';
import { gateState, signalState } from './states/gate-states.ts';
import { cell } from './states/task-states.ts';
import type { GateStep, LeafStep, SignalStep } from './steps.ts';

/** The states of a step without branches. @param name of its first state */
export function emitLeaf(emission: Emission, name: string, step: LeafStep, here: Here): Emitted {
  switch (step.kind) {
    case 'task':
      return taskStates(emission, step.task, here);
    case 'gate':
      return gate(emission, name, step, here);
    case 'signal':
      return signal(emission, name, step, here);
  }
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
  const settings = {
    gate: task.name,
    needs: step.needs,
    ...(step.wants.length === 0 ? {} : { wants: step.wants }),
    ...(step.early ? { rule: task.when } : {}),
  };
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
