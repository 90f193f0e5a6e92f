import type { ObjectCreated } from '../../events/object-created.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { S3Trigger } from '../../model/trigger.ts';
import { triggersOf } from '../../model/trigger.ts';
import { filterArrival } from './arrival-filter.ts';

/** An object that passes a trigger's filters. */
export type Arrival = {
  readonly pipeline: string;
  /** The trigger's name, and its rules. */
  readonly trigger: string;
  readonly rules: S3Trigger;
  /** What the key binds. Objects that bind different values go to different batches. */
  readonly params: Readonly<Record<string, string>>;
  readonly object: ObjectCreated;
  /** It ends the batch. */
  readonly marker: boolean;
};

/** One for each S3 trigger, of any pipeline, whose filters the object passes. */
export function matchArrival(pipelines: readonly Pipeline[], object: ObjectCreated): Arrival[] {
  return pipelines.flatMap((pipeline) =>
    triggersOf(pipeline, 's3').flatMap(([name, rules]): Arrival[] => {
      const filtered = filterArrival(rules, object);
      if (!filtered.passes) return [];
      const { params, marker } = filtered;
      return [{ pipeline: pipeline.name, trigger: name, rules, params, object, marker }];
    }),
  );
}
