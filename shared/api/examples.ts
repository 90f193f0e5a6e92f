import type { Json } from '../json.ts';
import { glueJob } from '../tasks/glue-job/glue-job.ts';
import {
  again,
  at,
  batch,
  bulk,
  dead,
  digest,
  failure,
  gathered,
  graph,
  interval,
  jobRun,
  known,
  letter,
  listed,
  orphans,
  params,
  pipeline,
  rerunRequest,
  run,
  selected,
  started,
  task,
  tried,
} from './example-values.ts';

/** A request and its answer for each operation, by the operation's name. A test checks them against the schemas. */
export type Example = { readonly request?: Json; readonly answer: Json };

export const examples: Readonly<Record<string, Example>> = {
  listPipelines: { answer: { pipelines: [{ ...known, tasks: ['extract'] }] } },
  getPipeline: { answer: { ...known, ...graph } },
  getGrid: {
    answer: {
      pipeline,
      rows: 2,
      first: 0,
      tasks: ['extract', 'load'],
      runs: [{ ...listed, settled: true, states: ['failed', 'upstream_failed'] }],
    },
  },
  getLayout: {
    answer: {
      pipeline,
      width: 220,
      height: 0,
      tasks: [
        { name: 'extract', x: 0, y: 0 },
        { name: 'load', x: 220, y: 0 },
      ],
      dependencies: [
        {
          from: 'extract',
          to: 'load',
          path: [
            { x: 0, y: 0 },
            { x: 220, y: 0 },
          ],
        },
      ],
    },
  },
  pausePipeline: { request: { trigger: 'nightly' }, answer: { pipeline, trigger: 'nightly', paused: true } },
  resumePipeline: { request: {}, answer: { pipeline, paused: false, live: [run], queued: [] } },
  startRun: { request: { params: { day: '2026-11-21' } }, answer: started },
  listRuns: { answer: { runs: [listed] } },
  getRun: {
    answer: {
      ...listed,
      params: { day: '2026-11-21' },
      settled: true,
      started: [{ run: again, pipeline, by: 'rerun' }],
      tasks: [{ ...task, attempts: [tried], ...failure }],
    },
  },
  getRunDefinition: { answer: { run, pipeline, exact: true, changed: false, params, ...graph } },
  listRunEvents: {
    answer: {
      run,
      events: [
        {
          id: `${at('03:05:40')}_3_extract_1`,
          at: at('03:05:40'),
          code: 'attempt-ended',
          task: 'extract',
          attempt: 1,
          sentence: 'extract: attempt 1 failed (RuntimeError: the source is away).',
        },
      ],
      after: `${at('03:05:40')}_3_extract_1`,
      settled: false,
    },
  },
  explainRun: {
    answer: { run, code: 'failed', facts: { tasks: ['extract'] }, sentence: 'It failed, because extract failed.' },
  },
  getTask: {
    answer: {
      run,
      pipeline,
      ...task,
      attempts: [{ ...tried, links: { log: `/runs/${run}/tasks/extract/log?attempt=1` } }],
      ...failure,
      arguments: { day: '2026-11-21' },
      timeoutSeconds: 3_600,
      total: { queueSeconds: 0.4, startUpSeconds: 31.2, workSeconds: 306, dpuSeconds: 612 },
    },
  },
  readTaskLog: {
    answer: {
      run,
      task: 'extract',
      attempt: 1,
      id: jobRun,
      lines: [{ stream: 'error', text: 'RuntimeError: the source is away', at: at('03:05:38') }],
      after: '1795403138000.0.1',
    },
  },
  getSparkUi: { answer: { run, task: 'extract', id: jobRun, url: 'https://example.com/spark/jr_5f2c9d0e7a' } },
  decideTask: {
    request: { approve: true, note: 'the numbers are right' },
    answer: { run, task: 'publish', attempt: 1, approved: true, by: 'arn:aws:iam::111122223333:user/ann' },
  },
  stopRun: { answer: { run, pipeline, status: 'RUNNING' } },
  planRerun: {
    request: rerunRequest,
    answer: { rerunOf: run, pipeline, digest, tasks: [{ name: 'extract', does: 'run', tookLast: 306_000 }] },
  },
  rerunRun: { request: { ...rerunRequest, plan: digest }, answer: { ...started, run: again } },
  planReruns: {
    request: { ...rerunRequest, ...selected },
    answer: { ...bulk, runs: [{ run, pipeline, status: 'FAILED', interval, runs: 1, keeps: 0 }] },
  },
  rerunRuns: {
    request: { ...rerunRequest, ...selected, plan: digest },
    answer: { done: [{ run, now: again, status: 'RUNNING' }], refused: [], more: false },
  },
  planStops: {
    request: selected,
    answer: { ...bulk, runs: [{ run, pipeline, status: 'RUNNING', interval }] },
  },
  stopRuns: {
    request: { ...selected, plan: digest },
    answer: { done: [{ run, now: run, status: 'RUNNING' }], refused: [], more: false },
  },
  findArrivals: {
    answer: {
      bucket: 'landing',
      key: '2026-11-22/orders.csv',
      arrivals: [{ pipeline, trigger: 'landing', batch, at: at('02:58:10'), state: 'started', run, status: 'FAILED' }],
      triggers: [{ pipeline, trigger: 'landing' }],
    },
  },
  listBatches: {
    answer: { batches: [{ ...gathered, until: at('03:13:10'), marker: '_SUCCESS' }], more: false },
  },
  getBatch: {
    answer: {
      ...gathered,
      state: 'started',
      run,
      objects: [{ bucket: 'landing', key: '2026-11-22/orders.csv', size: 40_960 }],
    },
  },
  listDatasets: {
    answer: {
      datasets: [
        {
          dataset: 'orders',
          publishedBy: [{ pipeline, task: 'extract' }],
          waitedForBy: [{ pipeline: 'finance', trigger: 'ready' }],
          publications: [{ interval: `${interval.start}/${interval.end}`, at: at('03:05:41'), run: again }],
        },
      ],
    },
  },
  listSchedules: {
    answer: {
      due: [
        { at: '2026-11-23T03:00:00.000Z', local: '2026-11-23 03:00 UTC', pipeline, trigger: 'nightly', paused: false },
      ],
    },
  },
  listWaiting: {
    answer: {
      waiting: [{ pipeline: 'finance', trigger: 'ready', interval, has: [], missing: ['orders'], optional: [] }],
    },
  },
  listQueues: {
    answer: {
      pipelines: [{ pipeline, max: 1, paused: false, pausedTriggers: [], live: [run], queued: [], more: false }],
      jobs: [
        {
          kind: glueJob.kind,
          work: 'extract-orders',
          waiting: [{ run, task: 'extract', since: at('03:00:02') }],
          more: false,
        },
      ],
      pools: [
        {
          pool: 'warehouse',
          places: 1,
          held: 1,
          holders: [{ run, task: 'load', places: 1 }],
          waiting: [{ run, task: 'report', places: 1, priority: 0, catchUp: false, since: at('03:00:02') }],
          more: false,
        },
      ],
    },
  },
  listDeadLetters: { answer: { letters: [dead] } },
  replayDeadLetter: { answer: { ...dead, why: '', outcome: `run ${run}` } },
  dropDeadLetter: { answer: { id: letter, dropped: true } },
  listOrphans: { answer: { orphans, stopped: false } },
  stopOrphans: { answer: { orphans, stopped: true } },
  getProject: { answer: { local: true, deployedAt: at('02:41:07'), deployed: [pipeline], removed: [], problems: [] } },
  getHealth: { answer: { healthy: true, stack: 'shop-prod' } },
  getVersion: { answer: { name: 'gluewright', version: '0.1.0' } },
};

/** Values for the parts of paths. */
export const pathExamples: Readonly<Record<string, string>> = { pipeline, run, task: 'extract', batch, letter };
