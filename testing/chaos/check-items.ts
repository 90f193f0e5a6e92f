import { failures } from './failures.ts';
import type { Observed, ObservedItem, ObservedRun } from './observed.ts';
import type { Scenario, ScenarioTask } from './scenario.ts';
import { items, itemsAtOnce } from './scenario-pipeline.ts';

/** Checks that no item runs again after a success, that the limit holds, and that a successful map misses no item. */
export function checkItems(scenario: Scenario, observed: Observed): readonly string[] {
  return scenario.tasks.flatMap((task) => {
    if (task.other?.kind !== 'map') return [];
    return observed.runs.flatMap((run) => checkRun(task, run, scenario, observed));
  });
}

function checkRun(task: ScenarioTask, run: ObservedRun, { rerun }: Scenario, observed: Observed): string[] {
  const found: string[] = [];
  const say = (what: string): void => void found.push(`${what} in ${run.id}`);
  const of = (id: string | undefined) => observed.items.filter((each) => each.run === id && each.task === task.name);
  const own = of(run.id);
  const first = run.kind === 'rerun' ? of(observed.runs.find(({ kind }) => kind === 'first')?.id) : [];
  for (const each of own) {
    if (each.endedAt === undefined) say(`the item ${each.item} of ${task.name} never ended`);
    const end = run.endedAt ?? Number.POSITIVE_INFINITY;
    if (each.startedAt > end + 1_500) say(`the item ${each.item} of ${task.name} started after the end`);
    const live = own.filter((other) => other.startedAt <= each.startedAt && endOf(other) > each.startedAt);
    if (live.length > itemsAtOnce) say(`${live.length} items of ${task.name} ran at once`);
  }
  const { status = '', kept = true } = run.tasks[task.name] ?? {};
  for (const item of items) {
    const runs = own.filter((each) => each.item === item);
    const before = hasSucceeded(first, item);
    const success = runs.findIndex(({ state }) => state === 'SUCCEEDED');
    if (success >= 0 && success < runs.length - 1) say(`the item ${item} of ${task.name} ran after it had succeeded`);
    if (status === 'succeeded' && !kept && success < 0 && !before) {
      say(`${task.name} succeeded without its item ${item}`);
    }
    // A rerun continues a failed map with its failed items, unless an earlier task runs again.
    const goesOn = rerun?.how === 'failed' && task.after.length === 0 && failures.has(statusBefore(task, observed));
    if (goesOn && before && runs.length > 0) say(`the item ${item} of ${task.name} had succeeded, and ran again`);
  }
  return found;
}

function statusBefore({ name }: ScenarioTask, { tasksBefore }: Observed): string {
  return tasksBefore?.[name]?.status ?? '';
}

function hasSucceeded(runs: readonly ObservedItem[], item: number): boolean {
  return runs.some((each) => each.item === item && each.state === 'SUCCEEDED');
}

function endOf({ endedAt = Number.POSITIVE_INFINITY }: ObservedItem): number {
  return endedAt;
}
