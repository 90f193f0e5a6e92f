import { present } from '../../shared/json.ts';
import { everyFault, type FaultSettings } from '../fault-dial.ts';
import { createRandom, type Random } from '../random.ts';
import { withPool } from './draw-pool.ts';
import {
  drawOtherWork,
  drawRunning,
  isNative,
  isNested,
  type OtherWork,
  type Running,
  sharedCrawler,
} from './other-work.ts';

/** How each attempt's job run ends if nobody stops it; the last one repeats. `LONG`: past its timeout. */
export type Ending = 'SUCCEEDED' | 'FAILED' | 'ERROR' | 'STOPPED' | 'LONG';

export type ScenarioTask = {
  readonly name: string;
  readonly after: readonly string[];
  readonly when: string | { readonly at_least: number };
  readonly tolerate: boolean;
  /** Its `if:` is false. */
  readonly skipped: boolean;
  readonly attempts: number;
  readonly job: string;
  readonly seconds: number;
  readonly endings: readonly Ending[];
  /** An upstream task: the argument `--read` is its output. */
  readonly reads?: string;
  /** Seconds from its start, for all its tries. */
  readonly deadline?: number;
  /** Its job gets no arguments of Gluewright's (`inject: false`) and writes no output. */
  readonly bare?: true;
  /** Absent: it is a Glue job. */
  readonly other?: OtherWork;
  /** How many places of the pool the task takes. Absent: the task uses no pool. */
  readonly places?: number;
  readonly priority?: number;
};

export type Stop = { readonly how: 'asked' | 'aborted' | 'deadline'; readonly at: number };

export type Rerun = {
  readonly how: 'failed' | 'from' | 'only' | 'skip' | 'succeeded';
  readonly task: string;
};

/** A chaotic run as plain data, so that it can be reduced and printed. Times are seconds. */
export type Scenario = {
  readonly seed: number;
  readonly tasks: readonly ScenarioTask[];
  readonly maxConcurrentRuns: number;
  readonly faults: FaultSettings;
  readonly stop?: Stop;
  readonly rerun?: Rerun;
  /** A second run of the pipeline is requested at the same time. */
  readonly second: boolean;
  /** The pipeline's rules for its runs. */
  readonly max: number;
  readonly overlap: 'queue' | 'skip' | 'cancel_running';
  readonly onFailure: 'continue' | 'stop';
  /** The pipeline is split into several state machines. */
  readonly split: boolean;
  /**
   * `late`: a task's deadline passes beside 10,000 open waits. `stops`: all tasks are stopped at once, and take minutes
   * to stop.
   */
  readonly stress?: 'late' | 'stops';
  /** Another pipeline starts the shared crawler at this time. */
  readonly neighbour?: { readonly at: number; readonly running: Running };
  /** How many places the shared pool has. */
  readonly pool?: number;
};

/** What a task reads from a task without an output. */
export const nothing = 'nothing';

/** The deadline of a run that must not reach it. */
export const longDeadline = 3 * 86_400;

/** How long a decision is waited for. */
export const withinSeconds = 1_200;

/** The timeout of a task that runs a pipeline, which has delays of its own. */
export const nestedSeconds = 4 * 3_600;

/** No task may have a longer timeout than its run. */
export function timeoutSeconds({ stop }: Pick<Scenario, 'stop'>): number {
  return Math.min(1_800, stop?.how === 'deadline' ? stop.at : longDeadline);
}

export function drawScenario(seed: number): Scenario {
  return withPool(drawWithoutPool(seed));
}

function drawWithoutPool(seed: number): Scenario {
  const random = createRandom(seed);
  const size = random.pick([1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8]);
  const density = random.next() * 0.7;
  const tasks: ScenarioTask[] = [];
  for (let index = 0; index < size; index++) tasks.push(drawTask(random, index, tasks, density));
  const stop = random.chance(0.3) ? drawStop(random) : undefined;
  const rerun = random.chance(0.3) ? drawRerun(random, tasks) : undefined;
  const drawn: Scenario = {
    seed,
    tasks,
    maxConcurrentRuns: random.pick([1, 2, 100, 100]),
    faults: drawFaults(random, seed),
    ...present({ stop, rerun }),
    second: random.chance(0.15),
    max: random.pick([1, 1, 1, 2]),
    overlap: random.pick(['queue', 'queue', 'skip', 'cancel_running']),
    onFailure: random.chance(0.1) ? 'stop' : 'continue',
    split: random.chance(0.1),
  };
  if (random.chance(0.01)) return stressed(drawn, random);
  return random.chance(0.33) ? mixed(drawn, random) : drawn;
}

/** Turns about half of the tasks into tasks of other kinds. Nobody reads their outputs. */
function mixed(drawn: Scenario, random: Random): Scenario {
  // one run only: its attempts are the work's numbers
  const counts = !drawn.second && drawn.rerun === undefined;
  const shared = { endings: [random.pick<Ending>(crawlEndings)], seconds: random.integer(10, 600) };
  const tasks = drawn.tasks.map((task) =>
    random.chance(0.5) ? mixedTask(task, drawOtherWork(random, task.name), drawn, counts, shared) : task,
  );
  const others = new Set(tasks.flatMap(({ name, other }) => (other === undefined ? [] : [name])));
  const neighbour = { at: random.integer(0, 900), running: drawRunning(random) };
  const isShared = tasks.some(({ other }) => other?.kind === 'crawler' && other.crawler === sharedCrawler);
  return {
    ...drawn,
    tasks: tasks.map(({ reads, ...task }) => ({
      ...task,
      ...(reads === undefined || others.has(reads) || task.other !== undefined ? {} : { reads }),
    })),
    ...(isShared && random.chance(0.7) ? { neighbour } : {}),
  };
}

const crawlEndings = ['SUCCEEDED', 'SUCCEEDED', 'FAILED', 'STOPPED', 'LONG'] as const;

function mixedTask(
  { bare: _, ...task }: ScenarioTask,
  other: OtherWork,
  scenario: Pick<Scenario, 'stop'>,
  counts: boolean,
  shared: Pick<ScenarioTask, 'endings' | 'seconds'>,
): ScenarioTask {
  // far from the timeout, so that a late look does not matter
  const seconds = Math.floor(Math.min(task.seconds, timeoutSeconds(scenario) / 2, 450));
  const { deadline, ...timeless } = task;
  if (other.kind === 'crawler' && other.crawler === sharedCrawler) return { ...task, ...shared, other };
  const plain = task.endings.map((ending) => {
    if (isNative(other)) return ending === 'SUCCEEDED' ? ending : 'FAILED';
    if (isNested(other)) return ending === 'SUCCEEDED' || ending === 'LONG' ? ending : 'FAILED';
    return ending;
  });
  const endings = (counts && other.kind !== 'crawler') || isNested(other) ? plain : plain.slice(0, 1);
  // A state retries its function or action even after the task's deadline.
  const isEndless = isNative(other) && task.attempts > 1;
  return { ...timeless, ...(isEndless ? {} : present({ deadline })), seconds, endings, other };
}

/** Only event faults, because the promise holds for functions that can do their work. */
function stressed(drawn: Scenario, random: Random): Scenario {
  const { rerun: _, stop: __, ...scenario } = drawn;
  const events = {
    lost: random.pick([0, 0.1, 0.3]),
    doubled: random.pick([0, 0.1, 0.3]),
    delayed: random.pick([0, 0.1]),
  };
  const plain = { ...scenario, faults: { seed: drawn.seed, ...events }, second: false, onFailure: 'continue' as const };
  const task = { after: [], when: 'all_succeeded', tolerate: false, skipped: false, job: 'one' };
  if (random.chance(0.5)) {
    const one = { ...task, attempts: 1, endings: ['SUCCEEDED'] as const };
    const tasks = [
      { ...one, name: 't0', seconds: 1_500 },
      // its job gets no slot before its deadline, so only a look at the clock ends it
      { ...one, name: 't1', seconds: 60, deadline: 600 },
      { ...one, name: 't2', after: ['t1'], when: 'all_done', job: 'other', seconds: 60 },
    ];
    return { ...plain, maxConcurrentRuns: 1, stress: 'late', tasks };
  }
  const tasks = Array.from({ length: random.integer(4, 12) }, (_, index) => {
    return { ...task, name: `t${index}`, attempts: 1, seconds: 3_000, endings: ['SUCCEEDED'] as const };
  });
  const stop = { how: random.pick<Stop['how']>(['asked', 'aborted']), at: random.integer(60, 600) };
  return { ...plain, maxConcurrentRuns: 100, stress: 'stops', tasks, stop };
}

function drawTask(random: Random, index: number, before: readonly ScenarioTask[], density: number): ScenarioTask {
  const after = before.filter(() => random.chance(density)).map(({ name }) => name);
  const rules = ['all_succeeded', 'all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed'] as const;
  const counted = { at_least: random.integer(1, Math.max(1, after.length)) };
  const when = after.length === 0 ? 'all_succeeded' : random.chance(0.15) ? counted : random.pick(rules);
  const attempts = random.pick([1, 1, 2, 3]);
  const bad = ['FAILED', 'FAILED', 'ERROR', 'STOPPED', 'LONG'] as const;
  const endings = Array.from({ length: attempts }, () => (random.chance(0.3) ? random.pick(bad) : 'SUCCEEDED'));
  const [readable, ...alsoReadable] = before.flatMap(({ name, bare }) => (after.includes(name) && !bare ? [name] : []));
  const early = typeof when === 'object' || when === 'any_succeeded' || when === 'any_failed';
  const reads = !early && readable !== undefined && random.chance(0.4);
  return {
    name: `t${index}`,
    after,
    when,
    tolerate: random.chance(0.2),
    skipped: random.chance(0.08),
    attempts,
    job: random.pick(['one', 'one', 'other']),
    // some end at the same moment
    seconds: random.chance(0.3) ? 60 : random.integer(0, 900) + 0.5,
    endings,
    ...(reads ? { reads: random.pick([readable, ...alsoReadable]) } : {}),
    ...(random.chance(0.08) ? { bare: true } : {}),
    ...(random.chance(0.1) ? { deadline: random.integer(1, 30) * 60 } : {}),
  };
}

function drawStop(random: Random): Stop {
  const how = random.pick<Stop['how']>(['asked', 'asked', 'aborted', 'deadline']);
  return { how, at: how === 'deadline' ? random.integer(2, 30) * 60 : random.integer(0, 1_200) };
}

function drawRerun(random: Random, tasks: readonly ScenarioTask[]): Rerun {
  const how = random.pick<Rerun['how']>(['failed', 'failed', 'from', 'only', 'skip', 'succeeded']);
  return { how, task: tasks[random.integer(0, tasks.length - 1)]?.name ?? 't0' };
}

/** Sometimes there are no faults, or one frequent fault. */
function drawFaults(random: Random, seed: number): FaultSettings {
  const kind = random.next();
  if (kind < 0.1) return {};
  if (kind < 0.7) return { ...everyFault, seed };
  const only = random.pick(['lost', 'doubled', 'delayed', 'throttled', 'failing', 'slow', 'dying']);
  return { seed, [only]: random.pick([0.1, 0.3, 0.5]) };
}
