import { isDeepStrictEqual } from 'node:util';
import { findRun } from '../../actors/kit/find-run.ts';
import type { RunRequest } from '../../actors/start-run.ts';
import type { ChildRun } from '../../calls/own-call.ts';
import type { Json } from '../../json.ts';
import { taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { Interval } from '../../model/pipeline.ts';
import type { Outcomes } from '../../protocol/outcome.ts';
import { childNames } from '../../runs/run/child-run.ts';
import { planRerun } from '../../runs/run/plan-rerun.ts';
import { runId } from '../../runs/run/run-id.ts';
import { hasEnded, type RunRecord } from '../../runs/run/run-record.ts';
import { taskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';
import { outcomesOf } from '../../views/run/read-outcomes.ts';
import { readRunRecords } from '../../views/run/read-run-records.ts';
import { continuedRun } from './earlier-items.ts';

type Continued = Pick<RunRequest, 'keep' | 'resumed' | 'rerunOf'>;

/**
 * What a task's run keeps of an earlier run for the same item, or for the same task of the run that this one continues.
 * Nothing: there was none, or it had other parameters.
 */
export async function continueRun(
  system: System,
  above: RunRecord,
  { pipeline, params, parent, again }: ChildRun,
  interval: Interval | undefined,
): Promise<Continued> {
  const earlier =
    again ?? (parent.index === undefined ? await runBefore(system, above, parent.task, pipeline) : undefined);
  const details = earlier === undefined ? undefined : await readRunRecords(system, earlier);
  const entry = system.catalog.byName(pipeline);
  if (details === undefined || entry === undefined) return {};
  const { run } = details;
  if (run.pipeline !== pipeline || !hasEnded(run.status) || !hasValues(run, params, interval)) return {};
  const outcomes = await outcomesOf(system, details);
  const plan = planRerun(entry.pipeline, outcomes, { failed: true });
  // a stop may have come after the last task
  const keep = plan.problems === undefined ? plan.keep : kept(outcomes);
  return { keep, resumed: plan.problems === undefined ? plan.resumes : [], rerunOf: run.id };
}

function kept(outcomes: Outcomes): Outcomes {
  return Object.fromEntries(Object.entries(outcomes).map(([name, outcome]) => [name, { ...outcome, kept: true }]));
}

/** A text may have been converted to the parameter's type. Parameters that the task does not name have defaults. */
function hasValues(run: RunRecord, params: ChildRun['params'], interval: Interval | undefined): boolean {
  const isSame = (name: string, value: Json): boolean =>
    isDeepStrictEqual(run.params[name], value) || (typeof value === 'string' && value === String(run.params[name]));
  const sameParams = Object.entries(params).every(([name, value]) => isSame(name, value));
  return sameParams && (interval === undefined || isDeepStrictEqual(run.interval, interval));
}

/** The last run that the task had in the run that this one continues. */
async function runBefore(
  system: System,
  above: RunRecord,
  task: string,
  pipeline: string,
): Promise<string | undefined> {
  const before = await continuedRun(system, above, task);
  if (before === undefined) return undefined;
  const last = (await readRecord(system.ledger, taskKey(before.id, task), taskRecord))?.attempt.number ?? 0;
  for (let attempt = last; attempt > 0; attempt -= 1) {
    const { cause, label } = childNames({ run: before.id, task, attempt });
    const known = await findRun(system, runId(pipeline, cause, label));
    if (known !== undefined) return known.id;
  }
  return runBefore(system, before, task, pipeline);
}
