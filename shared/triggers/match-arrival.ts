import { type ObjectCreated, objectIdentity } from '../events/object-created.ts';
import type { JsonObject } from '../json.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { matchKey, readKeyPattern } from './key-pattern.ts';

/** A run that an object asks for. */
export type Arrival = {
  readonly pipeline: string;
  readonly cause: string;
  /** The trigger's name and what the key binds. */
  readonly label: string;
  readonly trigger: JsonObject;
  /** What the key's pattern binds. */
  readonly params: JsonObject;
};

/** The runs that an object asks for: one for each S3 trigger, of any pipeline, whose bucket and key it has. */
export function matchArrival(pipelines: readonly Pipeline[], object: ObjectCreated): Arrival[] {
  return pipelines.flatMap((pipeline) =>
    Object.entries(pipeline.triggers).flatMap(([name, trigger]): Arrival[] => {
      if (trigger.kind !== 's3' || trigger.bucket !== object.bucket) return [];
      const { pattern } = readKeyPattern(trigger.key);
      const params = pattern === undefined ? undefined : matchKey(pattern, object.key);
      if (params === undefined) return [];
      const { bucket, key, version, etag, sequencer } = object;
      const identity = {
        ...(version === undefined ? {} : { version }),
        ...(etag === undefined ? {} : { etag }),
        ...(sequencer === undefined ? {} : { sequencer }),
      };
      return [
        {
          pipeline: pipeline.name,
          cause: `${name}\n${objectIdentity(object)}`,
          label: [name, ...Object.values(params)].join('-'),
          trigger: { kind: 's3', name, bucket, key, ...identity },
          params,
        },
      ];
    }),
  );
}
