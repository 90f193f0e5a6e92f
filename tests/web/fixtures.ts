import { present } from '../../shared/json.ts';
import type { DefinitionView } from '../../shared/views/pipelines/definition-view.ts';
import type { PipelineList, PipelineView } from '../../shared/views/pipelines/pipeline-view.ts';
import type { ProjectView } from '../../shared/views/pipelines/project-view.ts';
import type { QueueList } from '../../shared/views/queues/queue-view.ts';
import type { RerunPlanView } from '../../shared/views/run/rerun-view.ts';
import type { RunView, TaskState, TaskView } from '../../shared/views/run/run-view.ts';
import type { TaskDetail } from '../../shared/views/run/task-detail.ts';
import type { BulkPlanView } from '../../shared/views/runs/bulk-view.ts';
import type { RunItem, RunList } from '../../shared/views/runs/run-list.ts';
import type {
  DatasetList,
  LetterList,
  OpenBatchList,
  ScheduleList,
  WaitingList,
  WhereView,
} from '../../shared/views/triggers/trigger-lists.ts';
import type { EventList } from '../../shared/views/why/event-view.ts';
import type { WhyView } from '../../shared/views/why/why-view.ts';

const start = Date.parse('2026-11-22T05:30:00.000Z');

export function at(seconds: number): string {
  return new Date(start + seconds * 1_000).toISOString();
}

/** Text that would do something if it were read as markup. */
export const hostile = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>\u202Etxt.exe';

function task(name: string, after: string[], state: TaskState, from?: number, to?: number): TaskView {
  const begun = from === undefined ? {} : { startedAt: at(from) };
  const ended = to === undefined ? {} : { endedAt: at(to) };
  const seconds = from === undefined || to === undefined ? undefined : to - from;
  const parts =
    seconds === undefined
      ? {}
      : {
          queueSeconds: Math.round(seconds * 0.1),
          startUpSeconds: Math.round(seconds * 0.3),
          workSeconds: Math.round(seconds * 0.6),
          dpuSeconds: 120,
        };
  const attempt = {
    number: 1,
    state,
    kind: 'glue-job',
    work: `job-${name}`,
    id: `jr_${name}`,
    ...begun,
    ...ended,
    ...parts,
  };
  return {
    name,
    after,
    state,
    kept: false,
    tolerated: false,
    ...begun,
    ...ended,
    attempts: from === undefined ? [] : [attempt],
    waitsFor: state === 'waiting' ? after : [],
    ...(state === 'failed' ? { error: 'KeyError', cause: "KeyError: 'customer_id' is in no row of orders.csv" } : {}),
  };
}

const base = {
  params: { year: '2026' },
  trigger: { kind: 'schedule', name: 'nightly' },
  started: [],
  createdAt: at(0),
};

export const failedRun: RunView = {
  ...base,
  id: 'orders-daily-1122',
  pipeline: 'orders-daily',
  status: 'FAILED',
  interval: { start: at(-19_800), end: at(66_600) },
  startedAt: at(1),
  endedAt: at(700),
  settled: true,
  tasks: [
    task('extract_orders', [], 'succeeded', 2, 130),
    task('extract_customers', [], 'succeeded', 2, 95),
    task('rates', [], 'succeeded', 2, 30),
    task('clean', ['extract_orders'], 'succeeded', 131, 300),
    task('join', ['clean', 'extract_customers'], 'failed', 301, 690),
    task('apply_rates', ['join', 'rates'], 'upstream_failed'),
    task('report', ['apply_rates'], 'upstream_failed'),
    task('tidy_up', ['extract_orders', 'report'], 'succeeded', 691, 699),
  ],
};

export const liveRun: RunView = {
  ...base,
  id: 'orders-daily-1123',
  pipeline: 'orders-daily',
  status: 'RUNNING',
  startedAt: at(1),
  settled: false,
  tasks: [
    task('extract_orders', [], 'succeeded', 2, 130),
    task('extract_customers', [], 'running', 2),
    task('rates', [], 'queued', 2),
    task('clean', ['extract_orders'], 'starting', 131),
    task('join', ['clean', 'extract_customers'], 'waiting'),
    task('apply_rates', ['join', 'rates'], 'waiting'),
    task('report', ['apply_rates'], 'waiting'),
    task('tidy_up', ['extract_orders', 'report'], 'waiting'),
  ],
};

export const hostileRun: RunView = {
  ...failedRun,
  id: 'hostile-1',
  params: { [hostile]: hostile },
  trigger: { kind: 's3', key: hostile },
  tasks: [
    {
      ...task(hostile, [], 'failed', 0, 9),
      error: hostile,
      cause: `\u001b[31m${hostile}\u0007`,
      items: {
        ...{ pipeline: hostile, total: 3, done: 1, kept: 0, failed: 2, running: 0, waiting: 0, sentence: hostile },
        failures: [
          { item: hostile, run: hostile, why: hostile },
          { item: 'x'.repeat(5_000), why: hostile },
        ],
      },
    },
    task('x'.repeat(128), [hostile], 'upstream_failed'),
  ],
};

export const runs: RunItem[] = Array.from({ length: 30 }, (_, index): RunItem => {
  const seconds = -index * 86_400;
  const status =
    index === 0 ? 'RUNNING' : index === 1 || index === 9 ? 'FAILED' : index === 14 ? 'ABORTED' : 'SUCCEEDED';
  return {
    id: index === 0 ? liveRun.id : index === 1 ? failedRun.id : `orders-daily-${1_123 - index}`,
    pipeline: 'orders-daily',
    status,
    interval: { start: at(seconds - 86_400), end: at(seconds) },
    createdAt: at(seconds),
    startedAt: at(seconds),
    ...(index === 0 ? {} : { endedAt: at(seconds + 500 + ((index * 137) % 400)) }),
  };
});

/** A complete run from the list; failed runs failed in `join`. */
export function runNamed(id: string): RunView | undefined {
  const item = runs.find((each) => each.id === id);
  if (item === undefined) return undefined;
  const isGood = item.status === 'SUCCEEDED';
  const tasks = isGood ? failedRun.tasks.map((each): TaskView => ({ ...each, state: 'succeeded' })) : failedRun.tasks;
  return { ...failedRun, ...item, trigger: failedRun.trigger, tasks };
}

const trigger = {
  name: 'nightly',
  kind: 'schedule',
  paused: false,
  what: 'cron(30 5 * * ? *) Europe/Berlin',
  next: at(86_400),
};
const params = [
  { name: 'year', type: 'string', required: true, description: 'of the report' },
  { name: 'limit', type: 'number', required: false, default: 100 },
];

const idle = { paused: false, params: [], triggers: [], tasks: ['a'], live: [], waiting: 0 };

export const pipelines: PipelineList = {
  pipelines: [
    { ...idle, name: 'arrivals', description: 'What the shops send', lastRuns: runs.slice(2, 9) },
    {
      ...idle,
      name: 'orders-daily',
      description: 'Orders of a day, to the report',
      params,
      triggers: [trigger],
      live: [liveRun.id],
      waiting: 2,
      lastRuns: runs.slice(0, 20),
    },
    { ...idle, name: 'weekly', paused: true, lastRuns: [] },
    { ...idle, name: 'hostile', description: hostile, lastRuns: [] },
  ],
};

export const pipeline: PipelineView = {
  name: 'orders-daily',
  description: 'Orders of a day, to the report',
  paused: false,
  params,
  triggers: [trigger],
  live: [liveRun.id],
  waiting: 2,
  lastRuns: runs.slice(0, 20),
  tasks: failedRun.tasks.map(({ name, after }) => ({
    name,
    after,
    when: 'all_succeeded',
    kind: 'glue-job',
    work: `job-${name}`,
    attempts: 1,
    timeoutSeconds: 3_600,
    tolerate: false,
    publishes: [],
  })),
  runs: { max: 1, overlap: 'queue', deadlineSeconds: 86_400 },
};

export const runList: RunList = { runs, next: 'older' };

export const events: EventList = {
  run: failedRun.id,
  settled: true,
  events: [
    { id: '1', at: at(0), code: 'run-asked', sentence: 'orders-daily-1122 was requested (trigger: schedule).' },
    { id: '2', at: at(690), code: 'task-ended', task: 'join', sentence: `join failed: ${hostile}` },
  ],
};

export const plan: RerunPlanView = {
  rerunOf: failedRun.id,
  pipeline: 'orders-daily',
  digest: 'digest-of-the-plan',
  tasks: [
    { name: 'join', does: 'run', tookLast: 389_000 },
    { name: 'apply_rates', does: 'run' },
    { name: 'report', does: 'run' },
    { name: 'tidy_up', does: 'run', tookLast: 8_000 },
    { name: 'clean', does: 'keep', status: 'succeeded', tookLast: 169_000 },
  ],
};

export function why(run: string, task?: string): WhyView {
  const sentence =
    run === liveRun.id
      ? `${run} is running: extract_customers has been running for 9 m 58 s.`
      : task === undefined
        ? `${run} failed, because join failed.`
        : `${task} failed in its only attempt.`;
  return { run, ...present({ task }), code: 'failed', facts: {}, sentence };
}

export const log = {
  lines: [
    ...Array.from({ length: 44 }, (_, index) => ({
      at: at(310 + index * 8),
      text: `INFO joined part ${index + 1} of 60`,
    })),
    { at: at(680), text: hostile },
    { at: at(681), text: '\u001b[31mTraceback (most recent call last):\u001b[0m' },
    { at: at(682), text: "KeyError: 'customer_id'" },
  ],
};

export const schedules: ScheduleList = {
  due: [
    { at: at(86_400), local: '2026-11-23T06:30:00+01:00', pipeline: 'orders-daily', trigger: 'nightly', paused: false },
  ],
};
export const waiting: WaitingList = {
  waiting: [{ pipeline: 'finance', trigger: 'both', has: ['orders'], missing: ['rates'], optional: [] }],
};
export const datasets: DatasetList = {
  datasets: [
    {
      dataset: 'revenue',
      publishedBy: [{ pipeline: 'orders-daily', task: 'report' }],
      waitedForBy: [],
      publications: [{ interval: `${at(0)}/${at(86_400)}`, at: at(700), run: failedRun.id }],
    },
  ],
};
export const queues: QueueList = {
  pipelines: [
    {
      pipeline: 'orders-daily',
      max: 1,
      paused: false,
      pausedTriggers: [],
      live: [liveRun.id],
      queued: [{ run: 'orders-daily-1124', priority: 0, held: false }],
      more: false,
    },
  ],
  jobs: [
    { kind: 'glue-job', work: 'job-rates', waiting: [{ run: liveRun.id, task: 'rates', since: at(2) }], more: false },
  ],
  pools: [
    {
      pool: 'warehouse',
      places: 4,
      held: 4,
      holders: [
        { run: liveRun.id, task: 'extract', places: 1 },
        { run: 'finance-1124', task: 'load', places: 3 },
      ],
      waiting: [
        { run: liveRun.id, task: 'rates', places: 1, priority: 5, catchUp: false, since: at(2) },
        { run: 'finance-1101', task: 'load', places: 3, priority: 0, catchUp: true, since: at(1) },
      ],
      more: true,
    },
  ],
};
export const letters: LetterList = {
  letters: [{ id: 'letter-1', at: at(0), kind: 'run', what: hostile, why: 'the key binds no value of year' }],
};
export const where: WhereView = {
  bucket: 'landing',
  key: 'orders/a.csv',
  arrivals: [
    {
      pipeline: 'orders-daily',
      trigger: 'files',
      batch: 'b1',
      at: at(0),
      state: 'started',
      run: failedRun.id,
      status: 'FAILED',
    },
  ],
  triggers: [{ pipeline: 'arrivals', trigger: 'files', why: 'its suffix is .json' }],
};

export const batches: OpenBatchList = {
  batches: [
    {
      id: 'orders-daily.files.1.4',
      pipeline: 'orders-daily',
      trigger: 'files',
      bucket: 'landing',
      params: { year: '2026' },
      first: at(0),
      last: at(300),
      count: 7,
      bytes: 48_200_000,
      size: 10,
      until: at(1_200),
    },
  ],
  more: false,
};

export const project: ProjectView = { local: true, deployed: [], removed: [], problems: [] };

export function definitionOf(run: RunView): DefinitionView {
  const { description, params, tasks, runs: rules } = pipeline;
  return {
    run: run.id,
    pipeline: run.pipeline,
    exact: true,
    changed: false,
    ...present({ description }),
    params: [...params],
    tasks: run.tasks.map((task, index) => ({ ...(tasks[index] ?? fallbackTask), name: task.name, after: task.after })),
    runs: rules,
  };
}

const fallbackTask = {
  kind: 'glue-job',
  work: 'job',
  when: 'all_succeeded',
  attempts: 1,
  timeoutSeconds: 60,
  tolerate: false,
  publishes: [],
};

export function detailOf(run: RunView, name: string): TaskDetail | undefined {
  const task = run.tasks.find((each) => each.name === name);
  if (task === undefined) return undefined;
  const sum = (part: 'queueSeconds' | 'startUpSeconds' | 'workSeconds' | 'dpuSeconds'): number =>
    task.attempts.reduce((all, attempt) => all + (attempt[part] ?? 0), 0);
  return {
    ...task,
    run: run.id,
    pipeline: run.pipeline,
    attempts: task.attempts.map((attempt) => ({
      ...attempt,
      links: {
        console: `https://eu-west-1.console.aws.amazon.com/gluestudio/home#/job/${attempt.work}/run/${attempt.id}`,
      },
    })),
    arguments: { '--year': '2026', '--orders': 's3://lake/orders/2026/', '--target': 's3://lake/joined/' },
    timeoutSeconds: 3_600,
    total: {
      queueSeconds: sum('queueSeconds'),
      startUpSeconds: sum('startUpSeconds'),
      workSeconds: sum('workSeconds'),
      dpuSeconds: sum('dpuSeconds'),
    },
  };
}

export const bulkPlan: BulkPlanView = {
  digest: 'digest-of-the-set',
  runs: [{ run: failedRun.id, pipeline: 'orders-daily', status: 'FAILED', runs: 4, keeps: 4 }],
  leftOut: [{ run: 'orders-daily-1114', why: 'it was run again' }],
  more: false,
};
