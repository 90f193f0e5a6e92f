import { checkCalls } from './check-calls.ts';
import { checkItems } from './check-items.ts';
import { checkJobRuns, stateOf } from './check-job-runs.ts';
import { checkBeside, endWithoutWork, mayHaveFailed, statusesOf } from './check-kinds.ts';
import { checkPlan } from './check-plan.ts';
import { checkPool } from './check-pool.ts';
import { checkReads } from './check-reads.ts';
import { failures } from './failures.ts';
import type { Observed, ObservedJobRun, ObservedRun } from './observed.ts';
import { isAttempted, isNative } from './other-work.ts';
import type { Say } from './say.ts';
import { type Scenario, type ScenarioTask, timeoutSeconds } from './scenario.ts';

/**
 * Judges the observations of a chaotic run by the documentation alone. It shares no code with what it judges.
 */
export function violations(scenario: Scenario, observed: Observed): readonly string[] {
  const found: string[] = observed.surprises.map((surprise) => `nobody expected: ${surprise}`);
  const several = observed.runs.length > 1;
  for (const run of observed.runs) {
    const say = (what: string): void => void found.push(`${run.kind} run: ${what}`);
    const jobRuns = observed.jobRuns.filter((jobRun) => jobRun.run === run.id);
    const ends = endsOf(scenario, run, several);
    checkEnd(run, ends, say);
    const mayBeCut = ends.has('ABORTED') || ends.has('TIMED_OUT');
    const isBroken = scenario.onFailure === 'stop' && run.status === 'FAILED';
    checkJobRuns(scenario, run, jobRuns, mayBeCut || isBroken, say);
    checkReads(scenario, observed, run, jobRuns, say);
    const kept = new Set(Object.entries(run.tasks).flatMap(([name, task]) => (task.kept ? [name] : [])));
    for (const { task } of jobRuns) if (kept.has(task)) say(`${task} was kept, but ran`);
    if (isBroken && !mayBeCut) checkBroken(scenario, run, jobRuns, say);
    if (!isBroken && ['SUCCEEDED', 'FAILED'].includes(run.status)) {
      checkOutcomes(scenario, observed, run, jobRuns, mayBeCut, say);
    }
    checkOrder(scenario, observed, run, jobRuns, say);
    if (run.kind === 'rerun') checkPlan(scenario, observed.tasksBefore ?? {}, run, say);
  }
  found.push(...checkCalls(scenario, observed), ...checkBeside(scenario, observed));
  found.push(...checkItems(scenario, observed), ...checkPool(scenario, observed));
  if (scenario.max === 1) found.push(...checkAlone(scenario, observed));
  if (
    scenario.stop === undefined &&
    observed.runs.every(({ status }) => status === 'SKIPPED' || status === 'ABORTED')
  ) {
    found.push('no run started');
  }
  return found;
}

/** The run's possible ends. */
function endsOf({ stop, overlap }: Scenario, { kind }: ObservedRun, several: boolean): ReadonlySet<string> {
  const ends = new Set(['SUCCEEDED', 'FAILED']);
  if (stop?.how === 'deadline') ends.add('TIMED_OUT');
  if (kind === 'first' && stop !== undefined && stop.how !== 'deadline') ends.add('ABORTED');
  if (several && overlap !== 'queue') ends.add('SKIPPED');
  if (several && overlap === 'cancel_running') ends.add('ABORTED');
  return ends;
}

function checkEnd(run: ObservedRun, ends: ReadonlySet<string>, say: Say): void {
  const { status, settled, executionStatus } = run;
  if (!ends.has(status)) say(`it is ${status}`);
  if (!settled) say('the run did not settle');
  // the execution may be cut off after its last step was recorded
  const mayBeCutOff = status === 'SUCCEEDED' || status === 'FAILED';
  const isCutOff = mayBeCutOff && (executionStatus === 'TIMED_OUT' || executionStatus === 'ABORTED');
  if (executionStatus !== undefined && executionStatus !== status && !(isCutOff && ends.has(executionStatus))) {
    say(`the run is ${status}, but its execution is ${executionStatus}`);
  }
}

/** With `onFailure: stop`, a failed run has a failed task. */
function checkBroken(scenario: Scenario, run: ObservedRun, jobRuns: readonly ObservedJobRun[], say: Say) {
  const { tasks } = scenario;
  const culprits = tasks.filter((task) => {
    const last = jobRuns.findLast((jobRun) => jobRun.task === task.name);
    if (task.tolerate || last === undefined) return false;
    const { status, attempts } = outcomeOf(task, timeoutSeconds(scenario));
    return failures.has(status) && last.attempt === attempts && last.state !== 'SUCCEEDED';
  });
  const others = tasks.some((task) => {
    const { name, tolerate, deadline } = task;
    if (mayHaveFailed(task, run)) return true;
    const { status = '', kept = false } = run.tasks[name] ?? {};
    return !tolerate && ((kept && failures.has(status)) || (deadline !== undefined && status === 'timed_out'));
  });
  if (culprits.length === 0 && !others) say('the run is FAILED, but no task failed');
}

/** Each task's status must follow from its job runs and the statuses upstream. */
function checkOutcomes(
  scenario: Scenario,
  observed: Observed,
  run: ObservedRun,
  jobRuns: readonly ObservedJobRun[],
  cut: boolean,
  say: Say,
): void {
  const { tasks } = scenario;
  const timeout = timeoutSeconds(scenario);
  const statusOf = (name: string): string => run.tasks[name]?.status ?? 'nothing';
  const tolerated = new Set(tasks.flatMap(({ name, tolerate }) => (tolerate ? [name] : [])));
  for (const task of tasks) {
    if (run.tasks[task.name]?.kept) continue;
    const own = jobRuns.filter((jobRun) => jobRun.task === task.name);
    const verdict = verdictOf(
      task,
      task.after.map((name) => ({ status: statusOf(name), tolerated: tolerated.has(name) })),
    );
    const status = statusOf(task.name);
    if (verdict !== 'run') {
      if (own.length > 0) say(`${task.name} ran, although it was ${verdict}`);
      if (status !== verdict) say(`${task.name} is ${status}, not ${verdict}`);
    } else if (task.skipped) {
      if (own.length > 0) say(`${task.name} ran, although its \`if\` was false`);
      if (status !== 'skipped') say(`${task.name} is ${status}, although its \`if\` was false`);
    } else {
      const expected = outcomeOf(task, timeout);
      // a run may end before its execution is stopped
      if (cut && status === 'stopped') continue;
      if (isPastDeadline(scenario, task, run) && status === 'timed_out' && own.length <= expected.attempts) continue;
      if (task.other !== undefined) {
        const possible = statusesOf({ ...task, other: task.other }, scenario, run, observed, expected.status);
        if (!possible.has(status)) say(`${task.name} is ${status}, not ${[...possible].join(' or ')}`);
        if (!hasWork(task.other.kind, run) || status !== expected.status) continue;
      }
      if (status !== expected.status) say(`${task.name} is ${status}, not ${expected.status}`);
      if (own.length !== expected.attempts) say(`${task.name} had ${own.length} job runs, not ${expected.attempts}`);
    }
  }
  const failed = tasks.some(({ name, tolerate }) => !tolerate && failures.has(statusOf(name)));
  const expected = failed ? 'FAILED' : 'SUCCEEDED';
  if (run.status !== expected) say(`the run is ${run.status}, but its tasks say ${expected}`);
}

/** Whether each attempt of this kind must have work with the run's id. A rerun may keep all items of a map. */
function hasWork(kind: string, run: ObservedRun): boolean {
  if (kind === 'map') return run.kind !== 'rerun';
  return kind === 'pipeline' || isAttempted(kind);
}

/** Whether its deadline may have passed within the run: different clocks measure its start and its end. */
function isPastDeadline({ stop, faults }: Scenario, { deadline }: ScenarioTask, { endedAt = 0 }: ObservedRun): boolean {
  if (deadline === undefined) return false;
  return endedAt + 2 * (faults.skewSeconds ?? 0) >= Math.min(deadline, stop?.how === 'deadline' ? stop.at : deadline);
}

function outcomeOf(task: ScenarioTask, timeout: number): { readonly status: string; readonly attempts: number } {
  for (let attempt = 1; ; attempt++) {
    const state = stateOf(task, attempt, timeout);
    if (state === 'SUCCEEDED') return { status: 'succeeded', attempts: attempt };
    if (state === 'STOPPED') return { status: 'stopped', attempts: attempt };
    if (attempt === task.attempts) return { status: state === 'TIMEOUT' ? 'timed_out' : 'failed', attempts: attempt };
  }
}

type Upstream = { readonly status: string; readonly tolerated: boolean };

/** The join table, written independently of the product's. */
function verdictOf({ when }: ScenarioTask, upstream: readonly Upstream[]): 'run' | 'upstream_failed' | 'skipped' {
  const failed = upstream.some(({ status, tolerated }) => failures.has(status) && !tolerated);
  const succeeded = upstream.filter(({ status }) => status === 'succeeded').length;
  const blocked = failed ? 'upstream_failed' : 'skipped';
  if (typeof when === 'object') return succeeded >= when.at_least ? 'run' : blocked;
  if (upstream.length === 0 || when === 'all_done') return 'run';
  if (when === 'none_failed') return failed ? 'upstream_failed' : 'run';
  if (when === 'any_succeeded') return succeeded > 0 ? 'run' : blocked;
  if (when === 'any_failed') return upstream.some(({ status }) => failures.has(status)) ? 'run' : 'skipped';
  return succeeded === upstream.length ? 'run' : blocked;
}

/** Such a task may be skipped before all its upstream tasks have ended. */
function isEarly(when: ScenarioTask['when']): boolean {
  return typeof when === 'object' || when === 'any_succeeded' || when === 'any_failed';
}

/** Checks that no job run starts before its upstream tasks have ended, as far as the join rule requires. */
function checkOrder(
  { tasks }: Scenario,
  observed: Observed,
  run: ObservedRun,
  jobRuns: readonly ObservedJobRun[],
  say: Say,
): void {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const known = new Map<string, number>();
  /** The earliest possible end of the task. */
  const endOf = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const task = byName.get(name);
    const own = jobRuns.filter((jobRun) => jobRun.task === name);
    const last = own.at(-1);
    let end = 0;
    if (last !== undefined) end = last.endedAt ?? Number.POSITIVE_INFINITY;
    else if (task !== undefined) {
      const since = isEarly(task.when) ? 0 : Math.max(0, ...task.after.map(endOf));
      end = endWithoutWork(task, run, since, observed);
    }
    known.set(name, end);
    return end;
  };
  for (const { task: name, startedAt } of jobRuns) {
    const task = byName.get(name);
    if (task === undefined) say(`there is a job run of the unknown task ${name}`);
    if (task === undefined || task.after.length === 0) continue;
    const when = task.when;
    // a run that was cut off does not have all statuses
    if (task.after.some((upstream) => run.tasks[upstream] === undefined)) continue;
    const ends = task.after.map((upstream) => ({ at: endOf(upstream), status: run.tasks[upstream]?.status ?? '' }));
    const needed =
      typeof when === 'object'
        ? nth(
            ends.filter(({ status }) => status === 'succeeded'),
            when.at_least,
          )
        : when === 'any_succeeded'
          ? nth(
              ends.filter(({ status }) => status === 'succeeded'),
              1,
            )
          : when === 'any_failed'
            ? nth(
                ends.filter(({ status }) => failures.has(status)),
                1,
              )
            : Math.max(...ends.map(({ at }) => at));
    if (needed > startedAt) say(`${name} started at ${startedAt}, but its upstream tasks ended at ${needed}`);
  }
}

function nth(ends: readonly { readonly at: number }[], number: number): number {
  return ends.map(({ at }) => at).sort((one, other) => one - other)[number - 1] ?? Number.POSITIVE_INFINITY;
}

/** Checks one run of a pipeline at a time: the next starts after all work of the previous one. */
function checkAlone({ tasks }: Scenario, { runs, jobRuns }: Observed): readonly string[] {
  // A stop does not end a function or an action that a state has called.
  const functions = new Set(tasks.flatMap(({ name, other }) => (isNative(other) ? [name] : [])));
  const spans = runs.map(({ id }) => {
    const own = jobRuns.filter(({ run, task }) => run === id && !functions.has(task));
    const ends = own.map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
    return { id, from: Math.min(...own.map(({ startedAt }) => startedAt)), to: Math.max(...ends) };
  });
  return spans.flatMap((one) =>
    spans
      .filter((other) => other.from > one.from && other.from < one.to)
      .map((other) => `${other.id} began while ${one.id} went on`),
  );
}
