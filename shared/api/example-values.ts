import { glueJob } from '../tasks/glue-job/glue-job.ts';

/** Values that several examples share: one pipeline, a failed run of it, and what belongs to them. */

export const pipeline = 'orders-daily';
export const run = 'orders-daily-nightly-2026-11-22';
export const again = `${run}-r2`;
export const interval = { start: '2026-11-21T00:00:00.000Z', end: '2026-11-22T00:00:00.000Z' };
export const digest = '7f0c2a4e1b9d8c3f6a5e4d2b1c0f9e8d7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d';
export const at = (time: string): string => `2026-11-22T${time}.000Z`;
export const jobRun = 'jr_5f2c9d0e7a';
export const letter = '0c8w2k1v9x4m7q5z3n6b1h8j2';
export const started = { run, pipeline, status: 'RUNNING', again: false };
const item = { id: run, pipeline, status: 'FAILED', trigger: { kind: 'schedule', name: 'nightly' }, interval };
export const listed = { ...item, createdAt: at('03:00:00'), startedAt: at('03:00:01'), endedAt: at('03:05:41') };
const attempt = { number: 1, state: 'failed', kind: glueJob.kind, work: 'extract-orders', id: jobRun };
export const tried = {
  ...attempt,
  startedAt: at('03:00:02'),
  endedAt: at('03:05:40'),
  queueSeconds: 0.4,
  startUpSeconds: 31.2,
  workSeconds: 306,
  dpuSeconds: 612,
  reason: 'RuntimeError: the source is away',
};
export const failure = { error: 'Glue.JobFailed', cause: 'RuntimeError: the source is away' };
const times = { startedAt: at('03:00:02'), endedAt: at('03:05:40') };
export const task = {
  name: 'extract',
  after: [],
  state: 'failed',
  kept: false,
  tolerated: false,
  ...times,
  waitsFor: [],
};
export const params = [{ name: 'day', type: 'date', required: false, default: '{% $interval.start %}' }];
const triggers = [
  { name: 'nightly', kind: 'schedule', paused: false, what: 'cron(0 3 * * ? *)', next: '2026-11-23T03:00:00.000Z' },
];
export const known = { name: pipeline, paused: false, params, triggers, live: [], waiting: 0, lastRuns: [listed] };
const node = {
  name: 'extract',
  after: [],
  when: 'all_succeeded',
  kind: glueJob.kind,
  work: 'extract-orders',
  attempts: 2,
  timeoutSeconds: 3_600,
  tolerate: false,
  publishes: ['orders'],
};
export const graph = {
  tasks: [node],
  runs: { max: 1, overlap: 'queue', deadlineSeconds: 86_400 },
};
export const rerunRequest = { failed: true };
export const dead = {
  id: letter,
  at: at('03:00:00'),
  kind: 'run',
  what: `run of ${pipeline}`,
  why: 'params.day: expected a date',
};
const orphan = { kind: glueJob.kind, work: 'extract-orders', id: jobRun, run, task: 'extract', attempt: 1 };
export const orphans = [{ ...orphan, startedAt: at('03:00:02') }];
export const selected = { pipeline, since: '2026-11-21T18:00:00Z' };
export const bulk = { digest, leftOut: [], more: false };
export const batch = 'orders-landing-2026-11-22';

export const gathered = {
  id: batch,
  pipeline,
  trigger: 'landing',
  bucket: 'landing',
  params: { day: '2026-11-22' },
  first: at('02:58:10'),
  last: at('02:58:10'),
  count: 1,
  bytes: 40_960,
};
