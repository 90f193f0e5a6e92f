import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { Clock } from '../clock/clock.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { dashed, dpusOf, timeoutOf } from './glue-job.ts';
import { describeJobRun, type JobRun } from './job-run.ts';
import type { JobRunStore } from './job-run-store.ts';

const name = z.string().check(z.minLength(1), z.maxLength(255));
const page = { NextToken: z.optional(z.string()) };
const inputs = {
  StartJobRun: z.object({
    JobName: name,
    Arguments: z.optional(z.record(z.string(), z.string())),
    Timeout: z.optional(z.int().check(z.minimum(1), z.maximum(10_080))),
    JobRunQueuingEnabled: z.optional(z.boolean()),
  }),
  GetJobRun: z.object({ JobName: name, RunId: name }),
  GetJobRuns: z.object({
    JobName: name,
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(200))),
    ...page,
  }),
  BatchStopJobRun: z.object({ JobName: name, JobRunIds: z.array(name).check(z.minLength(1), z.maxLength(25)) }),
  GetJob: z.object({ JobName: name }),
  GetJobs: z.object({ MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(1000))), ...page }),
};

export type StartJobRun = {
  readonly job: Job;
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes?: number;
  readonly queuing: boolean;
};

/** Glue rejects arguments of more than 260 KB in total. */
const mostArguments = 260 * 1024;

export function glueOperations(glue: {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly clock: Clock;
  readonly store: JobRunStore;
  readonly start: (request: StartJobRun) => JobRun;
  readonly stop: (id: string) => 'absent' | 'ended' | undefined;
}): Service['operations'] {
  const describe = (run: JobRun) => describeJobRun(run, glue.clock.now());

  function jobNamed(jobName: string): Job {
    const job = glue.jobs.get(jobName);
    if (job === undefined)
      throw new ServiceError('EntityNotFoundException', `Job ${jobName} not found: add it to jobs/jobs.yml`);
    return job;
  }

  return {
    async StartJobRun(input) {
      const given = parse(inputs.StartJobRun, input);
      const job = jobNamed(given.JobName);
      const args = given.Arguments ?? {};
      if (Buffer.byteLength(JSON.stringify(args)) > mostArguments) {
        throw new ServiceError('InvalidInputException', 'The arguments exceed 260 KB in total');
      }
      const timeout = given.Timeout === undefined ? {} : { timeoutMinutes: given.Timeout };
      const queuing = given.JobRunQueuingEnabled ?? false;
      return { JobRunId: glue.start({ job, arguments: args, queuing, ...timeout }).id };
    },

    async GetJobRun(input) {
      const { JobName, RunId } = parse(inputs.GetJobRun, input);
      jobNamed(JobName);
      const run = glue.store.get(RunId);
      if (run?.job !== JobName) {
        throw new ServiceError('EntityNotFoundException', `Job run ${RunId} of job ${JobName} not found`);
      }
      return { JobRun: describe(run) };
    },

    async GetJobRuns(input) {
      const { JobName, MaxResults = 200, NextToken } = parse(inputs.GetJobRuns, input);
      jobNamed(JobName);
      const { runs, next } = glue.store.page(JobName, MaxResults, placeOf(NextToken));
      return { JobRuns: runs.map(describe), ...(next === undefined ? {} : { NextToken: String(next) }) };
    },

    async BatchStopJobRun(input) {
      const { JobName, JobRunIds } = parse(inputs.BatchStopJobRun, input);
      const results = JobRunIds.map((JobRunId) => {
        const refused = glue.store.get(JobRunId)?.job === JobName ? glue.stop(JobRunId) : 'absent';
        return { JobName, JobRunId, refused };
      });
      return {
        SuccessfulSubmissions: results
          .filter((result) => result.refused === undefined)
          .map(({ JobRunId }) => ({ JobName, JobRunId })),
        Errors: results
          .filter((result) => result.refused !== undefined)
          .map(({ JobRunId, refused }) => ({
            JobName,
            JobRunId,
            ErrorDetail:
              refused === 'absent'
                ? { ErrorCode: 'EntityNotFoundException', ErrorMessage: `Job run ${JobRunId} not found` }
                : { ErrorCode: 'InvalidInputException', ErrorMessage: `Job run ${JobRunId} has ended` },
          })),
      };
    },

    async GetJob(input) {
      return { Job: describeJob(jobNamed(parse(inputs.GetJob, input).JobName)) };
    },

    async ListJobs(input) {
      const { items, ...rest } = jobPage([...glue.jobs.keys()], input);
      return { JobNames: items, ...rest };
    },

    async GetJobs(input) {
      const { items, ...rest } = jobPage([...glue.jobs.values()], input);
      return { Jobs: items.map(describeJob), ...rest };
    },
  };
}

type JobPage<T> = { readonly items: readonly T[]; readonly NextToken?: string };

/** Jobs are in file order. The token is the number of jobs already returned. */
function jobPage<T>(jobs: readonly T[], input: unknown): JobPage<T> {
  const { MaxResults = 1000, NextToken } = parse(inputs.GetJobs, input);
  const from = placeOf(NextToken) ?? 0;
  const items = jobs.slice(from, from + MaxResults);
  return from + MaxResults < jobs.length ? { items, NextToken: String(from + MaxResults) } : { items };
}

function placeOf(token: string | undefined): number | undefined {
  if (token === undefined || /^\d{1,15}$/.test(token)) return token === undefined ? undefined : Number(token);
  throw new ServiceError('InvalidInputException', 'The NextToken is not valid');
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}

function describeJob(job: Job): Record<string, unknown> {
  return {
    Name: job.name,
    Role: 'arn:aws:iam::000000000000:role/local',
    Command: { Name: job.type, ...present({ ScriptLocation: job.script }) },
    DefaultArguments: dashed(job.args),
    MaxRetries: 0,
    Timeout: timeoutOf(job),
    MaxCapacity: dpusOf(job),
    ExecutionProperty: { MaxConcurrentRuns: job.maxConcurrentRuns },
    ...present({ GlueVersion: job.glueVersion }),
    ...(job.workers === undefined ? {} : { WorkerType: job.workers.type, NumberOfWorkers: job.workers.count }),
  };
}
