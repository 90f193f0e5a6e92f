import { GetJobRunsCommand, type JobRun } from '@aws-sdk/client-glue';
import { startOrBury } from '../actors/start-or-dead-letter.ts';
import { jobOutcome } from '../events/job-outcome.ts';
import { Conflict } from '../ledger/ledger.ts';
import { jobRunKey, watchKey } from '../ledger/ledger-keys.ts';
import { stampOf } from '../services/glue.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { followersOfJob, watchedJobs } from '../triggers/followers.ts';

export type ForeignJobRun = { readonly jobName: string; readonly jobRunId: string; readonly state: string };

/** A run of a job has ended that Gluewright did not start: the pipelines that wait for it are started, once for each of its runs. */
export async function startByJob(system: System, { jobName, jobRunId, state }: ForeignJobRun): Promise<void> {
  const pipelines = system.catalog.pipelines.map(({ pipeline }) => pipeline);
  for (const { pipeline, trigger: name } of followersOfJob(pipelines, jobName, state)) {
    await startOrBury(system, {
      pipeline,
      cause: `${name}\njob run ${jobRunId}`,
      label: `${name}-${jobRunId}`,
      trigger: { kind: 'glue-job', name, job: jobName, jobRunId, state },
    });
  }
}

/** Of a job, the newest runs are asked for: more have hardly ended since the look before. */
const asked = 50;
/** Ends are looked for so far back: Glue may tell of them late. */
const overlapMilliseconds = 2 * 3_600_000;

/** Glue's events are best effort, and of some states there are none: watched jobs are asked for as well. */
export async function lookAtWatchedJobs(system: System): Promise<void> {
  for (const job of watchedJobs(system.catalog.pipelines.map(({ pipeline }) => pipeline))) {
    try {
      await lookAtJob(system, job);
    } catch (error) {
      system.log({ message: 'job not looked at', job, error: failureOf(error).name });
    }
  }
}

async function lookAtJob(system: System, job: string): Promise<void> {
  const now = system.clock();
  const known = (await system.ledger.get(watchKey(job)))?.value.since;
  // what ended before anybody watched is past
  const since = typeof known === 'number' ? known : now;
  const { JobRuns = [] } = await system.glue.send(new GetJobRunsCommand({ JobName: job, MaxResults: asked }));
  for (const run of JobRuns) {
    const { Id: jobRunId, JobRunState: state = '', CompletedOn } = run;
    if (jobRunId === undefined || jobOutcome(state) === 'open') continue;
    if ((CompletedOn?.getTime() ?? now) < since || (await isOurs(system, jobRunId, run))) continue;
    await startByJob(system, { jobName: job, jobRunId, state });
  }
  // never backwards: what ended before the watch began stays in the past
  const next = typeof known === 'number' ? Math.max(known, now - overlapMilliseconds) : since;
  if (next === known) return;
  try {
    const expect = known === undefined ? 0 : 'any';
    await system.ledger.write([{ key: watchKey(job), expect, value: { since: next } }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

async function isOurs({ ledger, stack }: System, jobRunId: string, run: JobRun): Promise<boolean> {
  return stampOf(run)?.stack === stack || (await ledger.get(jobRunKey(jobRunId))) !== undefined;
}
