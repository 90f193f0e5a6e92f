import type { ObservedJobRun, ObservedRun } from './observed.ts';
import { isNative } from './other-work.ts';
import type { Say } from './say.ts';
import { type Scenario, type ScenarioTask, timeoutSeconds } from './scenario.ts';

/** Checks that each attempt has one job run, with the intended end, and that another follows only if allowed. */
export function checkJobRuns(
  scenario: Scenario,
  run: ObservedRun,
  jobRuns: readonly ObservedJobRun[],
  cut: boolean,
  say: Say,
) {
  const { tasks } = scenario;
  const timeout = timeoutSeconds(scenario);
  for (const { task, attempt, endedAt, startedAt } of jobRuns) {
    if (endedAt === undefined) say(`the job run of ${task} never ended`);
    // only Step Functions knows of the end until its event comes, ten minutes late, or the reconciler asks
    const limit = run.endedAt;
    if (limit !== undefined && startedAt > limit + 1_500)
      say(`a job run of ${task} #${attempt} started after the run's end`);
  }
  const patience = stopPatience(scenario);
  // nobody can stop a function
  const functions = new Set(tasks.flatMap(({ name, other }) => (isNative(other) ? [name] : [])));
  for (const { task, attempt, startedAt, endedAt } of jobRuns) {
    if (functions.has(task)) continue;
    if (run.endedAt === undefined || endedAt === undefined || startedAt > run.endedAt) continue;
    if (endedAt > run.endedAt + patience) say(`${task} #${attempt} ran long after the run's end`);
  }
  for (const task of tasks) {
    const own = jobRuns.filter((jobRun) => jobRun.task === task.name);
    const isFunction = functions.has(task.name);
    const isOther = task.other !== undefined;
    const numbers = own.map(({ attempt }) => attempt);
    if (new Set(numbers).size < numbers.length) say(`${task.name} ran twice in one attempt: ${numbers.join(', ')}`);
    for (const [index, { attempt, state, startedAt }] of own.entries()) {
      if (attempt !== index + 1) say(`${task.name} has attempt ${attempt} as number ${index + 1}`);
      const intended = stateOf(task, attempt, timeout);
      const expected = isOther && intended === 'ERROR' ? 'FAILED' : intended;
      // a service without timeouts only sees a stop
      const isStopped = isOther && expected === 'TIMEOUT' && state === 'STOPPED';
      const mayBeStopped = cut || task.deadline !== undefined;
      const mayTimeOut = task.deadline !== undefined;
      if (
        state !== expected &&
        !isStopped &&
        !(mayBeStopped && state === 'STOPPED') &&
        !(mayTimeOut && state === 'TIMEOUT')
      )
        say(`${task.name} #${attempt} ended ${state}, not ${expected}`);
      const before = own[index - 1];
      if (before === undefined) continue;
      const wasStopped = isOther && before.state === 'STOPPED' && stateOf(task, before.attempt, timeout) === 'TIMEOUT';
      if (!wasStopped && !['FAILED', 'TIMEOUT', 'ERROR'].includes(before.state))
        say(`${task.name} was retried after ${before.state}`);
      if (isFunction) continue;
      if (before.endedAt === undefined || before.endedAt > startedAt)
        say(`${task.name} overlaps with its previous attempt`);
    }
    if (!isFunction) checkDeadline(task, own, patience, say);
    if (own.length > task.attempts) say(`${task.name} had ${own.length} attempts of ${task.attempts}`);
  }
}

/** Work that is running at its task's deadline is stopped at the next look, at most four minutes later. */
function checkDeadline(task: ScenarioTask, own: readonly ObservedJobRun[], patience: number, say: Say): void {
  const [first, last] = [own[0], own.at(-1)];
  if (task.deadline === undefined || first === undefined || last?.endedAt === undefined) return;
  if (last.endedAt > first.startedAt + task.deadline + 300 + patience) {
    say(`${task.name} took ${last.endedAt - first.startedAt} s, with a deadline of ${task.deadline}`);
  }
}

/**
 * How long job runs may go on after their run's end: an event is at most ten minutes late, and without one the
 * reconciler asks.
 */
function stopPatience({ faults }: Scenario): number {
  const { seed: _, lost, doubled, delayed, ...calls } = faults;
  if (Object.keys(calls).length > 0) return Number.POSITIVE_INFINITY;
  return lost === undefined && doubled === undefined && delayed === undefined ? 60 : 1_200;
}

/** How an attempt's job run ends if nobody stops it. */
export function stateOf({ endings, seconds }: ScenarioTask, attempt: number, timeout: number): string {
  const ending = endings[Math.min(attempt, endings.length) - 1] ?? 'SUCCEEDED';
  return ending === 'LONG' || seconds > timeout ? 'TIMEOUT' : ending;
}
