import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import { findRun } from '../actors/find-run.ts';
import { jobOutcome } from '../events/job-outcome.ts';
import { hasEnded } from '../runs/run/run-record.ts';
import { stampOf, stopJobRuns } from '../services/glue.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';

/** A job run of this stack that goes on, though its run is over, or is not known. */
export type Orphan = {
  readonly job: string;
  readonly jobRunId: string;
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly startedAt?: number;
};

/** No job run may take longer, its wait in Glue's queue included. */
const longestMilliseconds = 15 * 86_400_000;

/**
 * Asks Glue for all that runs of the jobs that the pipelines name. Jobs that bear no stamp (`inject: false`) are not seen.
 * A job that does not exist has no runs.
 */
export async function findOrphans(system: System): Promise<readonly Orphan[]> {
  const tasks = system.catalog.pipelines.flatMap(({ pipeline }) => pipeline.tasks);
  const jobs = new Set(tasks.flatMap(({ work }) => (work.kind === 'glue-job' ? work.job : [])));
  const found: Orphan[] = [];
  for (const job of jobs) {
    for (const candidate of await openRuns(system, job)) {
      const run = await findRun(system, candidate.run);
      if (run === undefined || hasEnded(run.status)) found.push(candidate);
    }
  }
  return found;
}

async function openRuns(system: System, job: string): Promise<readonly Orphan[]> {
  const oldest = system.clock() - longestMilliseconds;
  const found: Orphan[] = [];
  let NextToken: string | undefined;
  do {
    const page = { JobName: job, MaxResults: 200, ...(NextToken === undefined ? {} : { NextToken }) };
    const answer = await system.glue.send(new GetJobRunsCommand(page)).catch((error: unknown) => {
      if (failureOf(error).name === 'EntityNotFoundException') return { JobRuns: [], NextToken: undefined };
      throw error;
    });
    const runs = answer.JobRuns ?? [];
    const young = runs.filter((run) => (run.StartedOn?.getTime() ?? oldest) >= oldest);
    for (const run of young) {
      const stamp = stampOf(run);
      if (stamp?.stack !== system.stack || run.Id === undefined || jobOutcome(run.JobRunState ?? '') !== 'open')
        continue;
      const { stack: _, ...owner } = stamp;
      const started = run.StartedOn === undefined ? {} : { startedAt: run.StartedOn.getTime() };
      found.push({ job, jobRunId: run.Id, ...owner, ...started });
    }
    NextToken = young.length < runs.length ? undefined : answer.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Asks Glue to stop them; whether they did, `findOrphans` says. */
export async function stopOrphans(system: System, orphans: readonly Orphan[]): Promise<void> {
  for (const { job, jobRunId } of orphans) {
    await stopJobRuns(system.glue, job, [jobRunId]);
    system.log({ message: 'orphan stop asked for', job, jobRunId });
  }
}
