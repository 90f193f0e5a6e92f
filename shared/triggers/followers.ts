import type { Pipeline } from '../model/pipeline.ts';
import type { Trigger } from '../model/trigger.ts';
import { type TriggerOf, triggersOf } from '../model/trigger.ts';
import type { RunRecord } from '../runs/run/run-record.ts';

/** A trigger and its pipeline. */
export type Follower = { readonly pipeline: string; readonly trigger: string };

/** The triggers that wait for the end of a run. @param run without `status`: however it ends */
export function followersOfRun(
  pipelines: readonly Pipeline[],
  run: Pick<RunRecord, 'pipeline'> & { readonly status?: RunRecord['status'] },
): Follower[] {
  return select(pipelines, 'pipeline', ({ pipeline, statuses }) => {
    return pipeline === run.pipeline && (run.status === undefined || statuses.some((status) => status === run.status));
  });
}

/** The triggers that wait for a run of a Glue job to end in a state. */
export function followersOfJob(pipelines: readonly Pipeline[], job: string, state: string): Follower[] {
  return select(pipelines, 'glue-job', (trigger) => {
    return trigger.job === job && trigger.states.some((waited) => waited === state);
  });
}

/** The Glue jobs that triggers wait for. */
export function watchedJobs(pipelines: readonly Pipeline[]): string[] {
  return [...new Set(pipelines.flatMap((pipeline) => triggersOf(pipeline, 'glue-job').map(([, { job }]) => job)))];
}

function select<K extends Trigger['kind']>(
  pipelines: readonly Pipeline[],
  kind: K,
  waits: (trigger: TriggerOf<K>) => boolean,
): Follower[] {
  return pipelines.flatMap((pipeline) =>
    triggersOf(pipeline, kind)
      .filter(([, trigger]) => waits(trigger))
      .map(([trigger]) => ({ pipeline: pipeline.name, trigger })),
  );
}
