import path from 'node:path';
import type { Deployable } from '../../local/stack/deployment.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';

export const bucket = 'landing';

/** Requests, in rotation. Each carries the request's number in its name. */
export const kinds = ['graph', 'broken', 'arrivals', 'by-hand', 'stopped'] as const;
export type Kind = (typeof kinds)[number];

type Expected = {
  readonly status: string;
  /** How often each task's job may be started in one run, however often the runtime dies. */
  readonly starts: Readonly<Record<string, readonly number[]>>;
};

/** How the runs end. */
export const expected: Readonly<Record<Kind, Expected>> = {
  graph: {
    status: 'SUCCEEDED',
    starts: { first: [1], second: [1], third: [1], fourth: [1], flaky: [2], tolerated: [1], last: [1] },
  },
  broken: { status: 'FAILED', starts: { good: [1], bad: [2] } },
  arrivals: { status: 'SUCCEEDED', starts: { take: [1] } },
  'by-hand': { status: 'SUCCEEDED', starts: { waits: [1] } },
  stopped: { status: 'ABORTED', starts: { long: [0, 1] } },
};

const id = { type: 'string' };
const pipelines: readonly object[] = [
  {
    pipeline: 'graph',
    params: { id },
    runs: { max: 100 },
    tasks: {
      first: { 'glue-job': 'quick' },
      second: { 'glue-job': 'slow' },
      // these four need a gate: no nesting of Parallel states has this order
      third: { 'glue-job': 'quick', after: ['first'], args: { rows: '{% $tasks.first.output.rows %}' } },
      fourth: { 'glue-job': 'quick', after: ['first', 'second'] },
      flaky: { 'glue-job': 'flaky', retry: { attempts: 3, delay: '1s' } },
      tolerated: { 'glue-job': 'failing', retry: { attempts: 1 }, tolerate: true },
      last: { 'glue-job': 'slow', after: ['third', 'fourth', 'flaky', 'tolerated'], when: 'all_done' },
    },
  },
  {
    pipeline: 'broken',
    params: { id },
    runs: { max: 100 },
    tasks: {
      good: { 'glue-job': 'slow' },
      bad: { 'glue-job': 'failing', retry: { attempts: 2, delay: '1s' } },
      never: { 'glue-job': 'quick', after: ['good', 'bad'] },
    },
  },
  {
    pipeline: 'arrivals',
    params: { id },
    runs: { max: 100 },
    triggers: { files: { s3: { bucket, key: '{id}.csv' } } },
    tasks: { take: { 'glue-job': 'quick' } },
  },
  {
    pipeline: 'stopped',
    params: { id },
    runs: { max: 100 },
    tasks: { long: { 'glue-job': 'long' } },
  },
];

/** A hand-written machine: its execution's name identifies the run. */
const byHand = {
  QueryLanguage: 'JSONata',
  StartAt: 'Waits',
  States: {
    Waits: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Arguments: {
        JobName: 'quick',
        Arguments: {
          '--gluewright_run': '{% $states.context.Execution.Name %}',
          '--gluewright_task': 'waits',
          '--gluewright_attempt': '1',
        },
      },
      End: true,
    },
  },
};

/** @param starts the file where each job records its start */
export function runtimeLoad(starts: string): Deployable & { readonly root: string } {
  const job = (name: string, seconds: string, fails = 'never'): Job => ({
    name,
    type: 'pythonshell',
    script: 'job.sh',
    args: { starts, seconds, fails },
    maxConcurrentRuns: 1_000,
    local: { command: ['sh'], paths: true },
  });
  const jobs = [
    job('quick', '0'),
    job('slow', '0.4'),
    job('long', '600'),
    job('flaky', '0.1', '1'),
    job('failing', '0.1', 'always'),
  ];
  return {
    root: path.join(import.meta.dirname),
    pipelines: pipelines.map(read),
    jobs: Object.fromEntries(jobs.map((each) => [each.name, each])),
    definitions: [{ name: 'by-hand', definition: byHand }],
  };
}

function read(value: object): Pipeline {
  const { pipeline, problems } = readPipelineValue(value, 'load');
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}
