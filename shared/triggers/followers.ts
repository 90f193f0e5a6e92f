import type { Pipeline } from '../model/pipeline.ts';
import type { RunRecord } from '../runs/run/run-record.ts';

/** A trigger, and the pipeline that it starts. */
export type Follower = { readonly pipeline: string; readonly trigger: string };

/** Who waits for a run of a pipeline to end. @param status absent: in whatever way */
export function followersOfRun(
  pipelines: readonly Pipeline[],
  run: Pick<RunRecord, 'pipeline'> & { readonly status?: RunRecord['status'] },
): Follower[] {
  return select(
    pipelines,
    (trigger) =>
      trigger.kind === 'pipeline' &&
      trigger.pipeline === run.pipeline &&
      (run.status === undefined || trigger.statuses.some((status) => status === run.status)),
  );
}

/** Who waits for a run of a Glue job to end in a state. */
export function followersOfJob(pipelines: readonly Pipeline[], job: string, state: string): Follower[] {
  return select(
    pipelines,
    (trigger) =>
      trigger.kind === 'glue-job' && trigger.job === job && trigger.states.some((waited) => waited === state),
  );
}

/** The Glue jobs that somebody waits for. */
export function watchedJobs(pipelines: readonly Pipeline[]): string[] {
  const triggers = pipelines.flatMap((pipeline) => Object.values(pipeline.triggers));
  return [...new Set(triggers.flatMap((trigger) => (trigger.kind === 'glue-job' ? [trigger.job] : [])))];
}

function select(pipelines: readonly Pipeline[], waits: (trigger: Pipeline['triggers'][string]) => boolean): Follower[] {
  return pipelines.flatMap((pipeline) =>
    Object.entries(pipeline.triggers).flatMap(([trigger, value]) =>
      waits(value) ? [{ pipeline: pipeline.name, trigger }] : [],
    ),
  );
}
