import type { Pipeline } from '../../model/pipeline.ts';
import type { Trigger, TriggerOf } from '../../model/trigger.ts';
import type { Digest } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { scheduleResources, type TriggerPlace } from './schedule-resources.ts';

type Deployed<T extends Trigger> = {
  /** Resources of one trigger, beside those that all triggers of a kind share. */
  resources(place: TriggerPlace, trigger: T): Readonly<Record<string, Resource>>;
};

const nothingOfItsOwn = { resources: () => ({}) };

/** What each kind of trigger deploys. Total: a new kind says it here, even if it is nothing. */
const deployed = {
  schedule: { resources: scheduleResources },
  // one rule for many buckets: see `arrivals.ts`
  s3: nothingOfItsOwn,
  // one API for all pipelines: see `api-resources.ts`
  api: nothingOfItsOwn,
  // datasets and ends of runs are known from the ledger
  datasets: nothingOfItsOwn,
  pipeline: nothingOfItsOwn,
  // one rule for all jobs: see `event-rules.ts`
  'glue-job': nothingOfItsOwn,
} as const satisfies { readonly [K in Trigger['kind']]: Deployed<TriggerOf<K>> };

/** Resources of the triggers of one pipeline. */
export function triggerResources(
  { name: pipeline, triggers }: Pipeline,
  stack: string,
  digest: Digest,
): Record<string, Resource> {
  return Object.assign(
    {},
    ...Object.entries(triggers).map(([name, trigger]) => {
      const { resources }: Deployed<Trigger> = deployed[trigger.kind];
      return resources({ pipeline, name, stack, digest }, trigger);
    }),
  );
}
