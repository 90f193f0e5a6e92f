import { GetJobRunsCommand, type GetJobRunsCommandInput, type GetJobRunsCommandOutput } from '@aws-sdk/client-glue';
import { findRun } from '../actors/find-run.ts';
import { jobOutcome } from '../events/job-outcome.ts';
import { hasEnded } from '../runs/run/run-record.ts';
import { stampOf, stopJobRun } from '../services/glue.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import type { OrphanView } from '../views/orphan-view.ts';
import { isoTime } from '../views/shapes.ts';

/** No job run may take longer, its wait in Glue's queue included. */
const longestMilliseconds = 15 * 86_400_000;

/**
 * Asks Glue for all that runs of the jobs that the pipelines name. Jobs that bear no stamp (`inject: false`) are not seen.
 * A job that does not exist has no runs.
 */
export async function findOrphans(system: System): Promise<readonly OrphanView[]> {
  const tasks = system.catalog.pipelines.flatMap(({ pipeline }) => pipeline.tasks);
  const jobs = new Set(tasks.flatMap(({ work }) => (work.kind === 'glue-job' ? work.job : [])));
  const found: OrphanView[] = [];
  for (const job of jobs) {
    for (const candidate of await openRuns(system, job)) {
      const run = await findRun(system, candidate.run);
      if (run === undefined || hasEnded(run.status)) found.push(candidate);
    }
  }
  return found;
}

async function openRuns(system: System, job: string): Promise<readonly OrphanView[]> {
  const oldest = system.clock() - longestMilliseconds;
  const found: OrphanView[] = [];
  let NextToken: string | undefined;
  do {
    const page = { JobName: job, MaxResults: 200, ...(NextToken === undefined ? {} : { NextToken }) };
    const answer = await runsOf(system, page);
    const runs = answer.JobRuns ?? [];
    const young = runs.filter((run) => (run.StartedOn?.getTime() ?? oldest) >= oldest);
    for (const run of young) {
      const stamp = stampOf(run);
      if (stamp?.stack !== system.stack || run.Id === undefined || jobOutcome(run.JobRunState ?? '') !== 'open')
        continue;
      const { stack: _, ...owner } = stamp;
      const started = run.StartedOn === undefined ? {} : { startedAt: isoTime(run.StartedOn.getTime()) };
      found.push({ kind: 'glue-job', work: job, id: run.Id, ...owner, ...started });
    }
    NextToken = young.length < runs.length ? undefined : answer.NextToken;
  } while (NextToken !== undefined);
  return found;
}

async function runsOf(system: System, page: GetJobRunsCommandInput): Promise<Partial<GetJobRunsCommandOutput>> {
  try {
    return await system.glue.send(new GetJobRunsCommand(page));
  } catch (error) {
    if (failureOf(error).name === 'EntityNotFoundException') return {};
    throw error;
  }
}

/** Asks Glue to stop them; whether they did, `findOrphans` says. */
export async function stopOrphans(system: System, orphans: readonly OrphanView[]): Promise<void> {
  for (const { work, id } of orphans) {
    await stopJobRun(system.glue, work, id);
    system.log({ message: 'orphan stop asked for', job: work, jobRunId: id });
  }
}
