import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { account, region } from '../service/account.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import { hasEnded, type LocalWork } from './local-work.ts';

const inputs = {
  submit: z.object({
    jobName: z.string(),
    jobQueue: z.string(),
    jobDefinition: z.string(),
    parameters: z.optional(z.record(z.string(), z.string())),
    containerOverrides: z.optional(
      z.object({
        command: z.optional(z.array(z.string())),
        environment: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
      }),
    ),
    arrayProperties: z.optional(z.object({ size: z.number() })),
  }),
  describe: z.object({ jobs: z.array(z.string()) }),
  list: z.object({
    jobQueue: z.string(),
    jobStatus: z.optional(z.string()),
    filters: z.optional(z.array(z.object({ name: z.literal('JOB_NAME'), values: z.tuple([z.string()]) }))),
  }),
  terminate: z.object({ jobId: z.string() }),
};

const statuses = {
  running: 'RUNNING',
  stopping: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'FAILED',
  stopped: 'FAILED',
} as const;

/** AWS Batch for simulations, and for tasks with a local replacement. An array job is one piece of work. */
export const batchService: Counterpart = {
  service: 'batch',
  routes: {
    SubmitJob: 'POST /v1/submitjob',
    DescribeJobs: 'POST /v1/describejobs',
    ListJobs: 'POST /v1/listjobs',
    TerminateJob: 'POST /v1/terminatejob',
  },
  integration: 'batch',
  operations: (works) => ({
    async SubmitJob(input) {
      const given = parse(inputs.submit, input);
      const { id } = works.start(given.jobQueue, JSON.parse(JSON.stringify(given)));
      return { jobId: id, jobName: given.jobName, jobArn: arnOf('job', id) };
    },
    async DescribeJobs(input) {
      const found = parse(inputs.describe, input).jobs.map((id) => works.get(id));
      return { jobs: found.flatMap((work) => (work === undefined ? [] : [describe(work)])) };
    },
    async ListJobs(input) {
      const { jobQueue, jobStatus = 'RUNNING', filters } = parse(inputs.list, input);
      const all = works.of(jobQueue, mostListed).map(describe);
      const [wanted] = filters?.[0]?.values ?? [];
      return { jobSummaryList: all.filter((job) => isListed(job, jobStatus, wanted)) };
    },
    async TerminateJob(input) {
      const { jobId } = parse(inputs.terminate, input);
      if (works.get(jobId) === undefined) throw new ServiceError('ClientException', `Job ${jobId} does not exist`);
      works.stop(jobId);
      return {};
    },
  }),
  /** Several tasks can use one queue, so the job definition identifies the task. */
  isStartedBy: (work, { jobDefinition }) => work.kind !== 'batch' || work.definition === jobDefinition,
  environment(input) {
    const { containerOverrides: { environment = [] } = {} } = parse(inputs.submit, input);
    return Object.fromEntries(environment.map(({ name, value }) => [name, value]));
  },
  event(work) {
    return { source: 'aws.batch', detailType: 'Batch Job State Change', detail: describe(work) };
  },
};

const mostListed = 1_000;

type Job = { readonly jobName: string; readonly status: string };

/** With a name filter, Batch ignores the status and the case of letters. */
function isListed({ jobName, status }: Job, wantedStatus: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return status === wantedStatus;
  const [name, text] = [jobName.toLowerCase(), wanted.toLowerCase()];
  return text.endsWith('*') ? name.startsWith(text.slice(0, -1)) : name === text;
}

function describe(work: LocalWork) {
  const { id, name: queue, input, state, startedOn, endedOn, message } = work;
  const { jobName, jobDefinition, parameters, arrayProperties } = inputs.submit.parse(input);
  return {
    jobArn: arnOf('job', id),
    jobId: id,
    jobName,
    jobQueue: arnOf('job-queue', queue),
    jobDefinition: arnOf('job-definition', jobDefinition),
    status: statuses[state],
    createdAt: startedOn,
    startedAt: startedOn,
    ...present({ parameters, arrayProperties, statusReason: message, stoppedAt: endedOn }),
    ...(hasEnded(work) && { container: { exitCode: state === 'succeeded' ? 0 : 1 } }),
    ...(state === 'stopped' && { isTerminated: true }),
  };
}

function arnOf(kind: string, name: string): string {
  return `arn:aws:batch:${region}:${account}:${kind}/${name}`;
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'ClientException');
}
