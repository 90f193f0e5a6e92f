import * as z from 'zod/mini';
import { mapValues, present } from '../../json.ts';
import { about, described, field, value } from '../../reading/fields.ts';
import { consoleOf } from '../kind/console.ts';
import { checkVariables } from '../kind/own-variables.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { readJob, readJobStateChange, readJobs } from './batch-job.ts';
import { type BatchWork, batchWork } from './batch-work.ts';
import { jobNameOf, jobOf, mark } from './submit-job.ts';

const nameOf = (expected: string, remedy: string, pattern: RegExp) =>
  field(z.string().check(z.regex(pattern)), { expected, remedy });

const fields = {
  batch: described(
    'The job definition, with its revision or without',
    nameOf(
      'the name of a job definition, or its name and revision',
      'write the name of one that exists, such as `load`, or `load:5` for a revision',
      /^[a-zA-Z0-9_-]{1,128}(?::\d+)?$/,
    ),
    ['load-orders', 'load-orders:5'],
  ),
  queue: described(
    'The job queue that the job is submitted to',
    nameOf(
      'the name of a job queue',
      'name a job queue of the account, without its ARN',
      /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$/,
    ),
    ['spot'],
  ),
  args: about('Parameters of the job definition; may be expressions', z.record(z.string(), value), [
    { day: '{% $params.day %}' },
  ]),
  command: about('The container’s command; may be expressions', z.array(value), [['load', '{% $params.day %}']]),
  env: about('Environment variables of the container; may be expressions', z.record(z.string(), value), [
    { MODE: 'full' },
  ]),
  size: about(
    'How many jobs an array has; by default it is a single job',
    field(z.int().check(z.minimum(2), z.maximum(10_000)), {
      expected: 'a whole number from 2 to 10000',
      remedy: 'write the number of jobs of the array, or leave it out for a single job',
    }),
    [100],
  ),
  share: about(
    'The share of a queue with fair-share scheduling',
    nameOf('a share identifier', 'write a share of the queue’s scheduling policy', /^[a-zA-Z0-9]{1,255}\*?$/),
    ['nightly'],
  ),
};
const schema = z.object(fields);

const asArgs = 'write `args: { NAME: VALUE }` for the parameters of the job definition';
const asEnv = 'write `env: { NAME: VALUE }`';

/** A job of AWS Batch. `SubmitJob` has no client token, so the job's name marks the attempt. */
export const batch = {
  kind: 'batch',
  service: 'Batch',
  file: {
    fields,
    words: ['batchjob', 'awsbatch', 'submitjob', 'jobdefinition'],
    habits: {
      ...{ parameters: asArgs, params: asArgs, environment: asEnv, jobqueue: 'write `queue: NAME`' },
      containeroverrides: 'write `command: […]` and `env: {…}`',
      arrayproperties: 'write `size: NUMBER`',
      shareidentifier: 'write `share: NAME`',
    },
    expressions: ['args', 'command', 'env'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { batch: definition, queue, args = {}, command = null, env = {}, size = null, share = null } = read.data;
      return { kind: 'batch', definition, queue, args, command, env, size, share };
    },
    check({ env }, _, report) {
      checkVariables(env, 'batch-env', report);
    },
    values: ({ args, command, env }) => [args, command, env],
    noOutput: ({ size }) => (size === null ? undefined : 'the jobs of an array would overwrite each other’s output'),
  },
  things: {
    'job-queue': { service: 'batch', resource: (name) => `job-queue/${name}` },
    'job-definition': { service: 'batch', resource: (name) => `job-definition/${name}` },
    'job-definition-revision': {
      service: 'batch',
      // each registration makes a revision
      resource: (name) => `job-definition/${/:\d+$/.test(name) ? name : `${name}:*`}`,
    },
    'batch-job': {
      service: 'batch',
      resource: () => 'job/*',
      reason: 'Batch chooses the id of a job, which names neither its queue nor its definition',
    },
    'batch-jobs': {
      service: 'batch',
      resource: () => '*',
      scope: 'any',
      reason: 'IAM has no resource for jobs that are listed or described',
    },
  },
  uses: ({ definition, queue }) => [
    { what: 'job-queue', name: queue },
    { what: 'job-definition', name: definition },
    { what: 'job-definition-revision', name: definition },
    { what: 'batch-job', name: 'any' },
    { what: 'batch-jobs', name: 'any' },
  ],
  renamed: (work, _, value) => ({
    ...work,
    args: mapValues(work.args, value),
    command: work.command === null ? null : work.command.map(value),
    env: mapValues(work.env, value),
  }),
  runs: {
    by: 'service',
    work: batchWork,
    name: ({ queue }) => queue,
    isMarked: () => false,
    begin: (order, stack) => ({ call: 'batch:SubmitJob', input: jobOf(order, stack) }),
    begun: (answer) => z.object({ jobId: z.string() }).parse(answer).jobId,
    find: {
      call: (order, nextToken, stack) => ({
        call: 'batch:ListJobs',
        input: {
          jobQueue: order.work.queue,
          filters: [{ name: 'JOB_NAME', values: [jobNameOf(order, stack)] }],
          ...present({ nextToken }),
        },
      }),
      read: (answer, order, stack) => readJobs(answer, jobNameOf(order, stack)),
    },
    ask: {
      call: (_, id) => ({ call: 'batch:DescribeJobs', input: { jobs: [id] } }),
      read: (answer, { id }) => readJob(answer, id),
    },
    stop: {
      atOnce: 1,
      call: (_, [jobId]) => ({ call: 'batch:TerminateJob', input: { jobId, reason: 'stopped by Gluewright' } }),
    },
    event: {
      pattern: {
        source: ['aws.batch'],
        'detail-type': ['Batch Job State Change'],
        // not the jobs of an array
        detail: {
          status: ['SUCCEEDED', 'FAILED'],
          jobName: [{ prefix: mark }],
          arrayProperties: { index: [{ exists: false }] },
        },
      },
      read: readJobStateChange,
      onlyAsks: true,
    },
    shows: {
      page: (_, id, region) => `${consoleOf(region)}/batch/home?region=${region}#jobs/detail/${id}`,
    },
    refused: [],
    gone: [],
    sends: [
      {
        call: 'batch:SubmitJob',
        on: 'job-queue',
        begins: true,
        needs: [
          { action: 'batch:SubmitJob', on: 'job-definition' },
          { action: 'batch:SubmitJob', on: 'job-definition-revision' },
          { action: 'batch:SubmitJob', on: 'batch-job' },
        ],
      },
      { call: 'batch:DescribeJobs', on: 'batch-jobs' },
      { call: 'batch:ListJobs', on: 'batch-jobs' },
      { call: 'batch:TerminateJob', on: 'batch-job' },
    ],
    errors: { failed: 'Batch.JobFailed', timedOut: 'Batch.JobTimedOut', stopped: 'Batch.JobTerminated' },
  },
} as const satisfies TaskKind<BatchWork>;
