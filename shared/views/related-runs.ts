import { findRun } from '../actors/find-run.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { rerunId, runId } from '../runs/run/run-id.ts';
import { hasEnded, type RunRecord } from '../runs/run/run-record.ts';
import { followersOfRun } from '../triggers/followers.ts';
import type { RunView } from './run-view.ts';

type Related = RunView['started'][number];

/** The run that started this one, if it was a run. */
export function startedBy({ trigger, pipeline, rerunOf }: RunRecord): Related | undefined {
  if (rerunOf !== undefined) return { run: rerunOf, pipeline, by: 'rerun' };
  const { kind, run, pipeline: other } = trigger;
  if (kind !== 'pipeline' || typeof run !== 'string' || typeof other !== 'string') return undefined;
  return { run, pipeline: other, by: 'pipeline' };
}

/** Those that follow a run's end, and those that run it again: their ids are made of its own. */
export async function startedRuns(ledger: Ledger, run: RunRecord, pipelines: readonly Pipeline[]): Promise<Related[]> {
  if (!hasEnded(run.status)) return [];
  const found: Related[] = [];
  for (const { pipeline, trigger } of followersOfRun(pipelines, run)) {
    const id = runId(pipeline, `${trigger}\nrun ${run.id}`, `${trigger}-${run.id}`);
    if ((await findRun({ ledger }, id)) !== undefined) found.push({ run: id, pipeline, by: 'pipeline' });
  }
  // of a line of reruns each was made from any of those before it
  for (let number = 2; number <= rerunsLookedAt; number += 1) {
    const other = await findRun({ ledger }, rerunId(run.id, number));
    if (other === undefined) break;
    if (other.rerunOf === run.id) found.push({ run: other.id, pipeline: other.pipeline, by: 'rerun' });
  }
  return found;
}

const rerunsLookedAt = 20;
