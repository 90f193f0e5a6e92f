import { definitionDigest, readDefinition } from '../actors/definitions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { RunRecord } from '../runs/run/run-record.ts';

export type RunDefinition = {
  /** Undefined: nobody knows it any more. */
  readonly pipeline: Pipeline | undefined;
  /** It is what the run was started with, and not just what there is now. */
  readonly exact: boolean;
  /** The pipeline has other tasks by now, or the same otherwise. */
  readonly changed: boolean;
};

/**
 * What a run was started with. One that is not started yet will have what there is now.
 *
 * @param pipelines the definitions as they are now
 */
export async function definitionOf(
  ledger: Ledger,
  { pipeline: name, definition }: Pick<RunRecord, 'pipeline' | 'definition'>,
  pipelines: readonly Pipeline[],
): Promise<RunDefinition> {
  const now = pipelines.find((pipeline) => pipeline.name === name);
  if (definition === undefined) return { pipeline: now, exact: false, changed: false };
  if (now !== undefined && definitionDigest(now) === definition) return { pipeline: now, exact: true, changed: false };
  const then = await readDefinition(ledger, name, definition);
  if (then === undefined) return { pipeline: now, exact: false, changed: false };
  return { pipeline: then, exact: true, changed: JSON.stringify(then.tasks) !== JSON.stringify(now?.tasks ?? []) };
}
