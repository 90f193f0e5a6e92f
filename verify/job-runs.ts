import { BatchStopJobRunCommand, GetJobRunCommand, GetJobRunsCommand, StartJobRunCommand } from '@aws-sdk/client-glue';
import { jobOutcome } from '../shared/tasks/glue-job/job-outcome.ts';
import { type JobStateChange, readJobStateChange } from '../shared/tasks/glue-job/job-state-change.ts';
import type { Account } from './account.ts';
import { awaitTrue } from './await-true.ts';

/** Even the smallest job may take some minutes to start. */
const longest = 15 * 60;

export class NoJobRun extends Error {
  override readonly name = 'NoJobRun';
}

/** @throws what StartJobRun throws. @returns the job run's id */
export async function startJob({ once }: Account, job: string): Promise<string> {
  const { JobRunId } = await once.send(new StartJobRunCommand({ JobName: job }));
  if (JobRunId === undefined) throw new NoJobRun(`StartJobRun of ${job} answered without an id`);
  return JobRunId;
}

export async function stateOf({ glue }: Account, job: string, run: string): Promise<string> {
  const { JobRun } = await glue.send(new GetJobRunCommand({ JobName: job, RunId: run }));
  return JobRun?.JobRunState ?? '';
}

/** @returns its last state; undefined: it has not ended */
export function endOf(account: Account, job: string, run: string): Promise<string | undefined> {
  return awaitTrue(account, longest, async () => {
    const state = await stateOf(account, job, run);
    return jobOutcome(state) === 'open' ? undefined : state;
  });
}

/** Waits for `state` or an end. */
export function reached(account: Account, job: string, run: string, state: string): Promise<string | undefined> {
  return awaitTrue(account, longest, async () => {
    const now = await stateOf(account, job, run);
    return now === state || jobOutcome(now) !== 'open' ? now : undefined;
  });
}

export async function stopJob({ glue }: Account, job: string, run: string): Promise<void> {
  await glue.send(new BatchStopJobRunCommand({ JobName: job, JobRunIds: [run] }));
}

export type KnownJobRun = {
  readonly id: string;
  readonly state: string;
  readonly arguments: Readonly<Record<string, string>>;
};

/** Newest first. */
export async function jobRunsOf({ glue }: Account, job: string): Promise<KnownJobRun[]> {
  const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName: job }));
  return JobRuns.flatMap((run) =>
    run.Id === undefined ? [] : [{ id: run.Id, state: run.JobRunState ?? '', arguments: run.Arguments ?? {} }],
  );
}

export type SeenChange = JobStateChange & { readonly at: number };

/** The state changes of these jobs, read as `on-task-event` reads them. */
export async function changesOf(account: Account, ...jobs: readonly string[]): Promise<SeenChange[]> {
  const events = await account.events();
  return events
    .filter(({ detailType }) => detailType === 'Glue Job State Change')
    .map(({ at, whole }) => ({ at, ...readJobStateChange(whole) }))
    .filter(({ jobName }) => jobs.includes(jobName));
}
