import type { ObservedJobRun, ObservedRun } from './observed.ts';
import type { Say } from './say.ts';
import { type Scenario, type ScenarioTask, timeoutSeconds } from './scenario.ts';

/** Each attempt has one job run, which ends as it was told to, and a next one follows only where it may. */
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
    if (endedAt === undefined) say(`the job run of ${task} lives on`);
    // nobody but Step Functions knows of the end until its event comes, ten minutes late, or the reconciler has asked
    const limit = run.endedAt;
    if (limit !== undefined && startedAt > limit + 1_500)
      say(`a job run of ${task} #${attempt} began after the run's end`);
  }
  const patience = stopPatience(scenario);
  for (const { task, attempt, startedAt, endedAt } of jobRuns) {
    if (run.endedAt === undefined || endedAt === undefined || startedAt > run.endedAt) continue;
    if (endedAt > run.endedAt + patience) say(`${task} #${attempt} went on for long after the run's end`);
  }
  for (const task of tasks) {
    const own = jobRuns.filter((jobRun) => jobRun.task === task.name);
    const numbers = own.map(({ attempt }) => attempt);
    if (new Set(numbers).size < numbers.length) say(`${task.name} ran twice in one attempt: ${numbers.join(', ')}`);
    for (const [index, { attempt, state, startedAt }] of own.entries()) {
      if (attempt !== index + 1) say(`${task.name} has attempt ${attempt} as number ${index + 1}`);
      const expected = stateOf(task, attempt, timeout);
      const mayBeStopped = cut || task.deadline !== undefined;
      const mayTimeOut = task.deadline !== undefined;
      if (state !== expected && !(mayBeStopped && state === 'STOPPED') && !(mayTimeOut && state === 'TIMEOUT'))
        say(`${task.name} #${attempt} ended ${state}, not ${expected}`);
      const before = own[index - 1];
      if (before === undefined) continue;
      if (!['FAILED', 'TIMEOUT', 'ERROR'].includes(before.state))
        say(`${task.name} was tried again after ${before.state}`);
      if (before.endedAt === undefined || before.endedAt > startedAt)
        say(`${task.name} overlaps with its own attempt before`);
    }
    checkDeadline(task, own, patience, say);
    if (own.length > task.attempts) say(`${task.name} had ${own.length} attempts of ${task.attempts}`);
  }
}

/** What goes on at a task's deadline is stopped when somebody looks next: they do so every four minutes. */
function checkDeadline(task: ScenarioTask, own: readonly ObservedJobRun[], patience: number, say: Say): void {
  const [first, last] = [own[0], own.at(-1)];
  if (task.deadline === undefined || first === undefined || last?.endedAt === undefined) return;
  if (last.endedAt > first.startedAt + task.deadline + 300 + patience) {
    say(`${task.name} took ${last.endedAt - first.startedAt} s, with a deadline of ${task.deadline}`);
  }
}

/** How long after a run's end its job runs may go on: an event comes ten minutes late at most, and if none does, somebody asks. */
function stopPatience({ faults }: Scenario): number {
  const { seed: _, lost, doubled, delayed, ...calls } = faults;
  if (Object.keys(calls).length > 0) return Number.POSITIVE_INFINITY;
  return lost === undefined && doubled === undefined && delayed === undefined ? 60 : 1_200;
}

/** How the job run of an attempt ends, left alone. */
export function stateOf({ endings, seconds }: ScenarioTask, attempt: number, timeout: number): string {
  const ending = endings[Math.min(attempt, endings.length) - 1] ?? 'SUCCEEDED';
  return ending === 'LONG' || seconds > timeout ? 'TIMEOUT' : ending;
}
