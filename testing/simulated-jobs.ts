import { GetJobRunsCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { Pipeline } from '../shared/model/pipeline.ts';
import type { Job } from '../shared/pipeline/jobs/jobs-file.ts';
import { used } from '../shared/tasks/kinds.ts';
import { type SimulatedJobRun, simulatedJobRun } from './simulated-run.ts';

/** The jobs that the pipelines use, as a jobs file would describe them. */
export function jobsOf(
  pipelines: readonly Pipeline[],
  maxConcurrentRuns: Readonly<Record<string, number>>,
): Readonly<Record<string, Job>> {
  const names = new Set(pipelines.flatMap(({ tasks }) => tasks.flatMap((task) => used('job', task))));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      { name, type: 'glueetl' as const, args: {}, maxConcurrentRuns: maxConcurrentRuns[name] ?? 100 },
    ]),
  );
}

/**
 * Returns all runs of the jobs, in the order of their start.
 *
 * @param start when the simulation started, in epoch milliseconds
 */
export async function simulatedJobRuns(
  glue: GlueClient,
  jobs: readonly string[],
  start: number,
): Promise<readonly SimulatedJobRun[]> {
  const found: SimulatedJobRun[] = [];
  for (const JobName of jobs) {
    let NextToken: string | undefined;
    do {
      const token = NextToken === undefined ? {} : { NextToken };
      const page = await glue.send(new GetJobRunsCommand({ JobName, ...token }));
      found.push(...(page.JobRuns ?? []).map((run) => simulatedJobRun(run, start)));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return found.sort((one, other) => one.startedAt - other.startedAt);
}
