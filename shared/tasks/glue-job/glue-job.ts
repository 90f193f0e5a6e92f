import * as z from 'zod/mini';
import { mapValues, present } from '../../json.ts';
import { about, field, flag, value } from '../../reading/fields.ts';
import { consoleOf } from '../kind/console.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { type GlueJobWork, glueJobWork } from './glue-job-work.ts';
import { checkArgument, checkTimeout } from './job-checks.ts';
import { jobRuns, jobState, oneJobRun, seen } from './job-run.ts';
import { isYoungEnough, jobArguments, mayBeOf, ownerOf } from './job-stamp.ts';
import { jobStateChanges, readJobStateChange } from './job-state-change.ts';

const job = field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a Glue job, 1 to 255 letters',
  remedy: 'name a job of jobs/jobs.yml, or one that exists already in the account',
  description: 'The Glue job that it runs, of jobs/jobs.yml or of the account',
  examples: ['extract-orders'],
});

const fields = {
  'glue-job': job,
  args: about('Arguments of the job, without the leading --; may be expressions', z.record(z.string(), value), [
    { day: '{% $params.day %}', rows: '{% $tasks.extract.output.rows %}' },
  ]),
  inject: about('false: the job gets no arguments of ours, and has no output', flag),
};

const schema = z.object(fields);
const started = z.object({ JobRunId: z.string() });

/** No job run may take longer, including its wait in Glue's queue. */
const longestMilliseconds = 15 * 86_400_000;

const file = {
  fields,
  expressions: ['args'],
  read(task) {
    const read = schema.safeParse(task);
    if (!read.success) return undefined;
    const { 'glue-job': job, args = {}, inject = true } = read.data;
    return { kind: 'glue-job', job, args, inject };
  },
  check(work, timeoutSeconds, report) {
    for (const argument of Object.keys(work.args)) checkArgument(argument, report);
    // a timeout of zero is refused for tasks of every kind
    if (timeoutSeconds !== 0) checkTimeout(timeoutSeconds, report);
  },
  values: (work) => work.args,
  noLocal: 'how a job runs locally stands in jobs/jobs.yml',
  noOutput: (work) => (work.inject ? undefined : '`inject: false` leaves out the argument that says where to write it'),
} as const satisfies TaskKind<GlueJobWork>['file'];

/** A run of a Glue job. A stamp in its arguments marks its owner, since `StartJobRun` has no idempotency token. */
export const glueJob = {
  kind: 'glue-job',
  service: 'Glue',
  file,
  // from `jobs/jobs.yml`, or from the account
  things: { job: { service: 'glue', resource: (name) => `job/${name}`, ours: true } },
  uses: ({ job }) => [{ what: 'job', name: job }],
  renamed: (work, rename, value) => ({
    ...work,
    job: rename({ what: 'job', name: work.job }),
    args: mapValues(work.args, value),
  }),
  runs: {
    by: 'service',
    work: glueJobWork,
    name: ({ job }) => job,
    isMarked: ({ inject }) => inject,
    endsAtTimeout: true,
    begin: (order, stack) => ({
      call: 'glue:StartJobRun',
      input: {
        JobName: order.work.job,
        Arguments: jobArguments(order, stack),
        Timeout: Math.max(1, Math.ceil(order.timeout / 60)),
      },
    }),
    begun: (answer) => started.parse(answer).JobRunId,
    find: {
      call: ({ work }, NextToken) => ({
        call: 'glue:GetJobRuns',
        input: { JobName: work.job, MaxResults: 200, ...present({ NextToken }) },
      }),
      read(answer, order, stack) {
        const { JobRuns = [], NextToken } = jobRuns.parse(answer);
        // newest first: after one that is too old, none can be ours
        const young = JobRuns.filter((run) => isYoungEnough(run, order));
        const items = young.flatMap((run) =>
          run.Id !== undefined && mayBeOf(run, order, stack) ? [seen(run, run.Id)] : [],
        );
        return { items, ...(NextToken === undefined || young.length < JobRuns.length ? {} : { next: NextToken }) };
      },
    },
    ask: {
      call: (JobName, RunId) => ({ call: 'glue:GetJobRun', input: { JobName, RunId } }),
      read(answer, { id, stack }) {
        const { JobRun } = oneJobRun.parse(answer);
        if (JobRun === undefined) return undefined;
        const owner = ownerOf(JobRun, stack);
        return { ...seen(JobRun, id), ...present({ owner }) };
      },
    },
    // The answer is 200 even if nothing stopped, so ask afterwards.
    stop: {
      atOnce: 25,
      call: (JobName, ids) => ({ call: 'glue:BatchStopJobRun', input: { JobName, JobRunIds: [...ids] } }),
    },
    event: {
      pattern: jobStateChanges,
      read(event) {
        const { jobName, jobRunId, state, message } = readJobStateChange(event);
        return { name: jobName, id: jobRunId, state: jobState(state, message) };
      },
    },
    live: {
      call: (JobName, NextToken) => ({
        call: 'glue:GetJobRuns',
        input: { JobName, MaxResults: 200, ...present({ NextToken }) },
      }),
      read(answer, stack, now) {
        const { JobRuns = [], NextToken } = jobRuns.parse(answer);
        const oldest = now - longestMilliseconds;
        const young = JobRuns.filter((run) => (run.StartedOn?.getTime() ?? oldest) >= oldest);
        const items = young.flatMap((run) => {
          const owner = ownerOf(run, stack);
          if (owner === undefined || run.Id === undefined || seen(run, run.Id).state.is !== 'open') return [];
          return [
            { ...owner, id: run.Id, ...(run.StartedOn === undefined ? {} : { startedAt: run.StartedOn.getTime() }) },
          ];
        });
        return { items, ...(NextToken === undefined || young.length < JobRuns.length ? {} : { next: NextToken }) };
      },
    },
    shows: {
      page: (job, id, region) =>
        `${consoleOf(region)}/gluestudio/home?region=${region}#/job/${encodeURIComponent(job)}/run/${encodeURIComponent(id)}`,
      logs: true,
      sparkUi: true,
    },
    refused: ['ConcurrentRunsExceededException', 'ResourceNumberLimitExceededException'],
    gone: ['EntityNotFoundException'],
    sends: [
      { call: 'glue:StartJobRun', on: 'job', begins: true },
      { call: 'glue:GetJobRun', on: 'job' },
      { call: 'glue:GetJobRuns', on: 'job' },
      { call: 'glue:BatchStopJobRun', on: 'job' },
    ],
    errors: { failed: 'Glue.JobFailed', timedOut: 'Glue.JobTimedOut', stopped: 'Glue.JobStopped' },
  },
} as const satisfies TaskKind<GlueJobWork>;
