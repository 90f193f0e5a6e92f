import { definitionDigest, readDefinition } from '../../actors/kit/definitions.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';

export type RunDefinition = {
  /** Undefined: the definition is no longer known. */
  readonly pipeline: Pipeline | undefined;
  /** Whether it is what the run was started with, rather than the current definition. */
  readonly exact: boolean;
  /** The pipeline has changed its tasks since. */
  readonly changed: boolean;
};

/**
 * The definition that a run was started with. A run that has not started will get the current one.
 *
 * @param pipelines the current definitions
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
