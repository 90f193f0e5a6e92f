import { present } from '../../shared/json.ts';
import type { FaultSettings } from '../fault-dial.ts';
import type { Scenario, ScenarioTask } from './scenario.ts';

/** The smallest scenario that still fails. @param isWrong called up to `tries` times */
export async function shrink(
  scenario: Scenario,
  isWrong: (smaller: Scenario) => Promise<boolean>,
  tries = 300,
): Promise<Scenario> {
  let left = tries;
  const step = async (from: Scenario): Promise<Scenario | undefined> => {
    for (const candidate of smaller(from)) {
      if (left <= 0) return undefined;
      left -= 1;
      if (await isWrong(candidate)) return candidate;
    }
    return undefined;
  };
  let smallest = scenario;
  for (let next = await step(smallest); next !== undefined; next = await step(smallest)) smallest = next;
  return smallest;
}

/** Scenarios with one part less, the largest parts first. */
function* smaller(scenario: Scenario): Generator<Scenario> {
  const { tasks, stop, rerun, faults, ...rest } = scenario;
  const whole = { ...rest, tasks, faults };
  const withStop = stop === undefined ? {} : { stop };
  const withRerun = rerun === undefined ? {} : { rerun };
  const as = (change: Partial<Scenario>): Scenario => ({ ...whole, ...withStop, ...withRerun, ...change });
  for (const { name } of tasks) if (tasks.length > 1 && rerun?.task !== name) yield as({ tasks: without(tasks, name) });
  if (rerun !== undefined) yield { ...whole, ...withStop };
  if (stop !== undefined) yield { ...whole, ...withRerun };
  if (scenario.second) yield as({ second: false });
  if (scenario.neighbour !== undefined) {
    const { neighbour: _, ...alone } = whole;
    yield { ...alone, ...withStop, ...withRerun };
  }
  if (scenario.pool !== undefined) {
    const { pool: _, ...unlimited } = whole;
    yield { ...unlimited, tasks: tasks.map(withoutPool), ...withStop, ...withRerun };
  }
  if (scenario.split) yield as({ split: false });
  if (scenario.max !== 1) yield as({ max: 1 });
  if (scenario.overlap !== 'queue') yield as({ overlap: 'queue' });
  if (scenario.onFailure === 'stop') yield as({ onFailure: 'continue' });
  for (const fewer of fewerFaults(faults)) yield as({ faults: fewer });
  for (const [index, task] of tasks.entries()) {
    for (const plainer of plainerTasks(task)) yield as({ tasks: tasks.with(index, plainer) });
  }
}

function without(tasks: readonly ScenarioTask[], name: string): readonly ScenarioTask[] {
  return tasks
    .filter((task) => task.name !== name)
    .map((task) =>
      withAfter(
        task,
        task.after.filter((other) => other !== name),
      ),
    );
}

function withAfter({ reads, ...task }: ScenarioTask, after: readonly string[]): ScenarioTask {
  const { when } = task;
  if (after.length === 0) return { ...task, after, when: 'all_succeeded' };
  return {
    ...task,
    ...(reads !== undefined && after.includes(reads) ? { reads } : {}),
    after,
    when: typeof when === 'object' ? { at_least: Math.min(when.at_least, after.length) } : when,
  };
}

function fewerFaults({ seed, ...kinds }: FaultSettings): readonly FaultSettings[] {
  const seeded = seed === undefined ? {} : { seed };
  const names = Object.keys(kinds);
  return names.map((name) => ({
    ...seeded,
    ...Object.fromEntries(Object.entries(kinds).filter(([other]) => other !== name)),
  }));
}

function plainerTasks(task: ScenarioTask): readonly ScenarioTask[] {
  const { reads, bare, ...rest } = task;
  const fewerEdges = task.after.map((name) =>
    withAfter(
      task,
      task.after.filter((other) => other !== name),
    ),
  );
  return [
    ...fewerEdges,
    ...(reads === undefined ? [] : [{ ...rest, ...(bare ? { bare } : {}) }]),
    ...(bare ? [{ ...rest, ...present({ reads }) }] : []),
    ...(task.other === undefined ? [] : [asJob(task)]),
    ...(task.deadline === undefined ? [] : [withoutDeadline(task)]),
    ...(task.places === undefined ? [] : [withoutPool(task)]),
    ...(task.when === 'all_succeeded' ? [] : [{ ...task, when: 'all_succeeded' }]),
    ...(task.tolerate ? [{ ...task, tolerate: false }] : []),
    ...(task.skipped ? [{ ...task, skipped: false }] : []),
    ...(task.attempts === 1 ? [] : [{ ...task, attempts: 1, endings: task.endings.slice(0, 1) }]),
    ...(task.seconds === 60 ? [] : [{ ...task, seconds: 60 }]),
    ...(task.endings.every((ending) => ending === 'SUCCEEDED') ? [] : [{ ...task, endings: ['SUCCEEDED' as const] }]),
  ];
}

function withoutPool({ places: _, priority: __, ...task }: ScenarioTask): ScenarioTask {
  return task;
}

function asJob({ other: _, ...task }: ScenarioTask): ScenarioTask {
  return task;
}

function withoutDeadline({ deadline: _, ...task }: ScenarioTask): ScenarioTask {
  return task;
}
