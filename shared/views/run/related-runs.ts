import { findRun } from '../../actors/kit/find-run.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { rerunId, runId } from '../../runs/run/run-id.ts';
import { hasEnded, type RunRecord } from '../../runs/run/run-record.ts';
import { followersOfRun } from '../../triggers/followers.ts';
import type { RunView } from './run-view.ts';

type Related = RunView['started'][number];

/** The run that started this one, if one did. */
export function startedBy({ trigger, pipeline, rerunOf }: RunRecord): Related | undefined {
  if (rerunOf !== undefined) return { run: rerunOf, pipeline, by: 'rerun' };
  const { kind, run, pipeline: other } = trigger;
  if (kind !== 'pipeline' || typeof run !== 'string' || typeof other !== 'string') return undefined;
  return { run, pipeline: other, by: 'pipeline' };
}

/** Followers and reruns of a run. Their ids derive from its own. */
export async function startedRuns(ledger: Ledger, run: RunRecord, pipelines: readonly Pipeline[]): Promise<Related[]> {
  if (!hasEnded(run.status)) return [];
  const found: Related[] = [];
  for (const { pipeline, trigger } of followersOfRun(pipelines, run)) {
    const id = runId(pipeline, `${trigger}\nrun ${run.id}`, `${trigger}-${run.id}`);
    if ((await findRun({ ledger }, id)) !== undefined) found.push({ run: id, pipeline, by: 'pipeline' });
  }
  // each rerun was made from one of the earlier runs
  for (let number = 2; number <= rerunsLookedAt; number += 1) {
    const other = await findRun({ ledger }, rerunId(run.id, number));
    if (other === undefined) break;
    if (other.rerunOf === run.id) found.push({ run: other.id, pipeline: other.pipeline, by: 'rerun' });
  }
  return found;
}

const rerunsLookedAt = 20;
