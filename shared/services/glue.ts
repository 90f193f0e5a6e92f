import {
  BatchStopJobRunCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  type GlueClient,
  type JobRun,
  type JobRunState,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { type JobOutcome, jobOutcomes } from '../events/job-outcome.ts';
import type { Json } from '../json.ts';
import { outputAddress } from '../runs/task/output-address.ts';
import type { JobTimes } from '../runs/task/task-record.ts';
import type { JobOrder } from '../runs/task/task-signal.ts';

/** A state that Glue gains, or loses, stops the build here. */
jobOutcomes satisfies Record<JobRunState, JobOutcome>;
true satisfies keyof typeof jobOutcomes extends JobRunState ? true : false;

/** Whose a job run is, as it stands in its arguments. */
export type Stamp = { readonly stack: string; readonly run: string; readonly task: string; readonly attempt: number };

/** Clocks differ: a job run of the attempt may seem to be a little older than it. Without a stamp age is all that tells. */
const skewMilliseconds = { stamped: 5 * 60_000, bare: 5_000 };

/** @throws whatever StartJobRun throws: `failureOf` says what it means. */
export async function startJobRun(glue: GlueClient, stack: string, bucket: string, order: JobOrder): Promise<string> {
  const { work, timeout } = order;
  const answer = await glue.send(
    new StartJobRunCommand({
      JobName: work.job,
      Arguments: jobArguments(stack, bucket, order),
      Timeout: Math.max(1, Math.ceil(timeout / 60)),
    }),
  );
  if (answer.JobRunId === undefined) throw new Error('StartJobRun answered without a JobRunId');
  return answer.JobRunId;
}

/** Of the user's arguments and ours. Names bear `--`, values are strings: what is none is given as JSON. */
export function jobArguments(stack: string, bucket: string, order: JobOrder): Record<string, string> {
  const { run, task, attempt, work } = order;
  const given = Object.entries(work.args).map(([name, value]): [string, string] => [`--${name}`, argument(value)]);
  const stamp = {
    '--gluewright_stack': stack,
    '--gluewright_run': run,
    '--gluewright_task': task,
    '--gluewright_attempt': String(attempt),
    '--gluewright_output': `s3://${bucket}/${outputAddress(run, task, attempt)}`,
  };
  return { ...Object.fromEntries(given), ...(work.inject ? stamp : {}) };
}

function argument(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function stampOf(run: JobRun): Stamp | undefined {
  const stack = run.Arguments?.['--gluewright_stack'];
  const id = run.Arguments?.['--gluewright_run'];
  const task = run.Arguments?.['--gluewright_task'];
  const attempt = Number(run.Arguments?.['--gluewright_attempt']);
  if (stack === undefined || id === undefined || task === undefined || !Number.isInteger(attempt)) return undefined;
  return { stack, run: id, task, attempt };
}

/**
 * The job runs that may be the attempt's: those that bear its stamp, or, where the job bears none, those with just its
 * arguments. Newest first; none older than the attempt is looked at.
 */
export async function findJobRuns(glue: GlueClient, stack: string, bucket: string, order: JobOrder): Promise<JobRun[]> {
  const expected = jobArguments(stack, bucket, order);
  const oldest = order.since - (order.work.inject ? skewMilliseconds.stamped : skewMilliseconds.bare);
  const found: JobRun[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.send(
      new GetJobRunsCommand({
        JobName: order.work.job,
        MaxResults: 200,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    const runs = page.JobRuns ?? [];
    const young = runs.filter((run) => (run.StartedOn?.getTime() ?? order.since) >= oldest);
    found.push(...young.filter((run) => (order.work.inject ? isStamped(run, stack, order) : isEqual(run, expected))));
    NextToken = young.length < runs.length ? undefined : page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

function isStamped(run: JobRun, stack: string, order: JobOrder): boolean {
  const stamp = stampOf(run);
  return (
    stamp?.stack === stack && stamp.run === order.run && stamp.task === order.task && stamp.attempt === order.attempt
  );
}

function isEqual(run: JobRun, expected: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(run.Arguments ?? {});
  return (
    names.length === Object.keys(expected).length && names.every((name) => run.Arguments?.[name] === expected[name])
  );
}

export async function getJobRun(glue: GlueClient, job: string, jobRunId: string): Promise<JobRun | undefined> {
  return (await glue.send(new GetJobRunCommand({ JobName: job, RunId: jobRunId }))).JobRun;
}

/** How many job runs one call stops. */
export const stoppedAtOnce = 25;

/**
 * Asks for the stop of at most {@link stoppedAtOnce} runs. Whether it came true, `getJobRun` says: the answer is 200 even
 * when nothing was stopped.
 */
export async function stopJobRuns(glue: GlueClient, job: string, jobRunIds: readonly string[]): Promise<void> {
  await glue.send(new BatchStopJobRunCommand({ JobName: job, JobRunIds: [...jobRunIds] }));
}

export function timesOf(run: JobRun): JobTimes {
  return {
    ...(run.StartedOn === undefined ? {} : { startedOn: run.StartedOn.getTime() }),
    ...(run.CompletedOn === undefined ? {} : { completedOn: run.CompletedOn.getTime() }),
    ...(run.ExecutionTime === undefined ? {} : { executionSeconds: run.ExecutionTime }),
    ...(run.DPUSeconds === undefined ? {} : { dpuSeconds: run.DPUSeconds }),
  };
}
