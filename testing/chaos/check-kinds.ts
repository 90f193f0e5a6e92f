import { stateOf } from './check-job-runs.ts';
import { failures } from './failures.ts';
import type { Observed, ObservedRun } from './observed.ts';
import { type OtherWork, sharedCrawler } from './other-work.ts';
import type { Say } from './say.ts';
import { type Scenario, type ScenarioTask, timeoutSeconds } from './scenario.ts';

/** How much clocks may differ. */
const slack = 10;

/** No deadline of a run, and so no `within`, is shorter. */
const shortestWithin = 60;

/**
 * The statuses that a task of another kind may have once its turn has come.
 *
 * @param byAttempts the status that follows from its attempts' ends
 */
export function statusesOf(
  task: ScenarioTask & { readonly other: OtherWork },
  scenario: Scenario,
  run: ObservedRun,
  { decisions }: Observed,
  byAttempts: string,
): ReadonlySet<string> {
  const { other } = task;
  switch (other.kind) {
    case 'wait':
      return new Set(mayBeLate(scenario) ? ['succeeded', 'timed_out'] : ['succeeded']);
    case 'sensor':
      return sensorStatuses(other.appears, scenario, run);
    case 'approval': {
      // a look that comes much later than `within` finds that the task's own time is over
      const late = mayBeLate(scenario) ? ['timed_out'] : [];
      const silent = other.otherwise === 'approve' ? 'succeeded' : 'failed';
      const decided = other.decision?.approve ? 'succeeded' : 'failed';
      const decision = decisions.find((one) => run.kind === 'first' && one.task === task.name);
      if (decision === undefined) return new Set([silent, ...late]);
      return new Set(decision.accepted ? [decided] : [decided, silent, ...late]);
    }
    case 'crawler':
      return new Set([byAttempts, ...crawlStatuses(task, other, scenario), ...endsUnseen(scenario)]);
    case 'pipeline':
      // its run has delays of its own
      return new Set(scenario.stop?.how === 'deadline' ? [byAttempts, 'timed_out'] : [byAttempts]);
    case 'map': {
      // A rerun may keep the item that determines the task's end.
      const kept = run.kind === 'rerun' ? ['succeeded'] : [];
      const late = scenario.stop?.how === 'deadline' ? ['timed_out'] : [];
      return new Set([byAttempts, ...kept, ...late]);
    }
    case 'athena':
    case 'data-quality':
    case 'ecs':
    case 'batch':
      return new Set([byAttempts, ...endsUnseen(scenario)]);
    default:
      return new Set([byAttempts]);
  }
}

/** Whether looks fail so often that none succeeds for a quarter of an hour. */
function mayBeLate({ faults }: Scenario): boolean {
  return ['failing', 'slow', 'dying', 'throttled'].some((name) => name in faults);
}

/**
 * Further possible ends of a task when many calls fail. Its event only triggers a call that asks for the state, so the
 * timeout may pass before a call succeeds.
 */
function endsUnseen({ faults: { throttled = 0, failing = 0, dying = 0, slow = 0 } }: Scenario): readonly string[] {
  return Math.max(throttled, failing, dying, slow) >= 0.3 ? ['timed_out'] : [];
}

function sensorStatuses(appears: number | undefined, scenario: Scenario, { kind }: ObservedRun): ReadonlySet<string> {
  if (appears === undefined) return new Set(['timed_out']);
  const { throttled = 0, failing = 0, dying = 0, slow = 0 } = scenario.faults;
  const isSeen = Math.max(throttled, failing, dying, slow) < 0.1;
  const isEarly = kind === 'first' && appears <= 600 && timeoutSeconds(scenario) >= 1_800;
  return new Set(isSeen && isEarly ? ['succeeded'] : ['succeeded', 'timed_out']);
}

/** What other users of the same crawler may add. */
function crawlStatuses(
  task: ScenarioTask,
  { crawler, running }: Extract<OtherWork, { kind: 'crawler' }>,
  scenario: Scenario,
): readonly string[] {
  const { tasks, second, neighbour, stop, onFailure, overlap } = scenario;
  const sharers = tasks.filter(({ other }) => other?.kind === 'crawler' && other.crawler === crawler);
  const isShared = second || sharers.length > 1 || (crawler === sharedCrawler && neighbour !== undefined);
  if (!isShared || running === 'wait') return [];
  // the task does not begin a crawl while another one runs
  if (running === 'fail') return ['failed'];
  const isLong = stateOf(task, 1, timeoutSeconds(scenario)) === 'TIMEOUT';
  const isCut = stop !== undefined || onFailure === 'stop' || (second && overlap === 'cancel_running');
  const isStopped = isLong || isCut || sharers.some(({ deadline }) => deadline !== undefined);
  // the crawl that it joined may be stopped for its owner
  return isStopped ? ['stopped'] : [];
}

/** The earliest end of a task without work of its own, if its upstream tasks ended `since`. */
export function endWithoutWork(task: ScenarioTask, run: ObservedRun, since: number, { crawls }: Observed): number {
  const { other, seconds } = task;
  const { status = '', kept = true } = run.tasks[task.name] ?? {};
  if (other === undefined || kept || !(status === 'succeeded' || status === 'failed')) return since;
  switch (other.kind) {
    case 'wait':
      return since + seconds - slack;
    case 'sensor':
      return Math.max(since, (other.appears ?? 0) - slack);
    case 'approval':
      return run.kind === 'first' && other.decision !== undefined ? since : since + shortestWithin - slack;
    case 'crawler': {
      const own = crawls.filter(({ crawler }) => crawler === other.crawler);
      const ended = own.flatMap(({ endedAt, state }) =>
        state === 'SUCCEEDED' && endedAt !== undefined ? [endedAt] : [],
      );
      return status === 'succeeded' ? Math.max(since, Math.min(...ended)) : since;
    }
    default:
      return since;
  }
}

/** Checks the crawls and the runs beside the pipeline's own. */
export function checkBeside(scenario: Scenario, { runs, crawls, others }: Observed): readonly string[] {
  const found: string[] = [];
  const say: Say = (what) => void found.push(what);
  for (const { id, settled } of others) if (!settled) say(`${id} did not settle`);
  const ends = [...runs, ...others].map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  for (const [index, { crawler, startedAt, endedAt, state }] of crawls.entries()) {
    if (endedAt === undefined) say(`a crawl of ${crawler} never ended`);
    if (startedAt > last + 1_500) say(`a crawl of ${crawler} started after all runs`);
    const expected = scenario.tasks.find(({ other }) => other?.kind === 'crawler' && other.crawler === crawler);
    const end = expected === undefined ? 'SUCCEEDED' : crawlEnd(expected);
    if (end !== state && state !== 'STOPPED') say(`a crawl of ${crawler} ended ${state}, not ${end}`);
    const next = crawls.slice(index + 1).find((other) => other.crawler === crawler);
    if (next !== undefined && (endedAt ?? Number.POSITIVE_INFINITY) > next.startedAt)
      say(`${crawler} ran twice at once`);
  }
  checkCounts(scenario, runs, crawls, say);
  return found;
}

/** Each attempt has one crawl. After a start without an answer there may be another one, which does no harm. */
function checkCounts(
  { tasks, faults, neighbour }: Scenario,
  runs: Observed['runs'],
  crawls: Observed['crawls'],
  say: Say,
): void {
  const answers = Math.max(faults.failing ?? 0, faults.slow ?? 0, faults.dying ?? 0) === 0;
  for (const crawler of new Set(crawls.map((crawl) => crawl.crawler))) {
    const users = tasks.filter(({ other }) => other?.kind === 'crawler' && other.crawler === crawler);
    const attempts = users.reduce((sum, task) => sum + task.attempts, 0);
    const most = attempts * runs.length + (neighbour !== undefined && crawler === sharedCrawler ? 1 : 0);
    const count = crawls.filter((crawl) => crawl.crawler === crawler).length;
    if (count > (answers ? most : 2 * most)) say(`${crawler} crawled ${count} times for ${most} attempts`);
  }
  for (const { name, other } of tasks) {
    if (other?.kind !== 'crawler') continue;
    const outcomes = runs.flatMap(({ tasks: seen }) => seen[name] ?? []);
    const succeeded = outcomes.some(({ status, kept }) => status === 'succeeded' && !kept);
    const crawled = crawls.some(({ crawler, state }) => crawler === other.crawler && state === 'SUCCEEDED');
    if (succeeded && !crawled) say(`${name} succeeded without a crawl`);
  }
}

/** A crawl without an end of its own is stopped. */
function crawlEnd({ endings }: ScenarioTask): string {
  const [ending = 'SUCCEEDED'] = endings;
  if (ending === 'LONG') return 'STOPPED';
  return ending === 'ERROR' ? 'FAILED' : ending;
}

/** Whether a task without observed work of its own may have failed the run. */
export function mayHaveFailed({ other, tolerate, name }: ScenarioTask, run: ObservedRun): boolean {
  return other !== undefined && !tolerate && failures.has(run.tasks[name]?.status ?? '');
}
