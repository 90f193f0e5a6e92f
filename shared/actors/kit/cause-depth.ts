import type { ObjectCreated } from '../../events/object-created.ts';
import type { System } from '../../services/system.ts';
import { findRun } from './find-run.ts';

/**
 * How many runs in a row led to these objects. The writer of an object is known for outputs of runs, and for keys
 * with a segment `gluewright_run=ID`.
 */
export async function depthBehind(
  system: Pick<System, 'ledger' | 'outputBucket'>,
  objects: readonly Pick<ObjectCreated, 'bucket' | 'key'>[],
): Promise<number> {
  const writers = new Set(objects.flatMap((object) => writerOf(system.outputBucket, object) ?? []));
  let depth = 0;
  for (const writer of writers) {
    const run = await findRun(system, writer);
    if (run !== undefined) depth = Math.max(depth, (run.depth ?? 0) + 1);
  }
  return depth;
}

function writerOf(outputBucket: string, { bucket, key }: Pick<ObjectCreated, 'bucket' | 'key'>): string | undefined {
  const named = /(?:^|\/)gluewright_run=([0-9A-Za-z_-]+)\//.exec(key)?.[1];
  if (named !== undefined || bucket !== outputBucket) return named;
  return /^outputs\/([^/]+)\//.exec(key)?.[1];
}
