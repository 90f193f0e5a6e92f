import { type RunAnswer, startRun } from '../../actors/start-run.ts';
import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import type { Interval } from '../../model/pipeline.ts';
import { planRerun, type RerunHow, type RerunPlan } from '../../runs/run/plan-rerun.ts';
import { requestDigest } from '../../runs/run/request-digest.ts';
import { rerunId } from '../../runs/run/run-id.ts';
import { hasEnded } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';
import { outcomesOf } from '../../views/run/read-outcomes.ts';
import { type RunRecords, readRunRecords } from '../../views/run/read-run-records.ts';
import { plannedTasks } from '../../views/run/rerun-plan.ts';
import type { RerunPlanView } from '../../views/run/rerun-view.ts';

const rerunLimit = 1000;

export type RerunRequest = RerunHow & {
  readonly params?: JsonObject;
  readonly interval?: Interval;
  /** Digest of the plan that was shown. Absent: any plan. */
  readonly plan?: string;
};

/**
 * Starts a new run, `…-r2`, `-r3`, of the pipeline's current definition, which keeps the results of the earlier run.
 *
 * @param key of the request: repeating it makes no second rerun, and another request with it is refused. Absent:
 * each call is a request of its own.
 */
export async function rerun(
  system: System,
  id: string,
  { params, interval, plan: agreed, ...how }: RerunRequest,
  key: string = system.uuid(),
): Promise<RunAnswer> {
  const planned = await planRerunOf(system, id, how);
  if (planned.problems !== undefined) return { is: 'refused', problems: planned.problems };
  if (agreed !== undefined && agreed !== planned.view.digest) {
    return { is: 'refused', problems: ['the plan has changed since: ask for it again'] };
  }
  const { plan, details } = planned;
  const { run } = details;

  const request = requestDigest({
    ...listed(how),
    params: params ?? {},
    ...present({ interval }),
  });
  const meant = interval ?? run.interval;
  const cause = `rerun of ${id}\n${key}`;
  for (let number = 2; number <= rerunLimit; number++) {
    const answer = await startRun(system, {
      id: rerunId(id, number),
      pipeline: run.pipeline,
      cause,
      trigger: { kind: 'rerun', of: id, request },
      params: { ...run.params, ...params },
      keep: plan.keep,
      resumed: plan.resumes,
      rerunOf: id,
      ...present({ interval: meant }),
    });
    if (answer.is === 'run' && answer.again && (answer.run.trigger.request ?? request) !== request) {
      return { is: 'refused', problems: [`${key} was the key of ${answer.run.id}, another rerun`] };
    }
    if (answer.is === 'run' || answer.taken === undefined) return answer;
  }
  return { is: 'refused', problems: [`${id} has been run again ${rerunLimit} times`] };
}

/** The order in which tasks are named does not matter. */
function listed(how: RerunHow): JsonObject {
  const entries = Object.entries(how).map(([name, said]) => [name, said === true ? said : said.toSorted()] as const);
  return Object.fromEntries(entries);
}

type Planned =
  | {
      readonly plan: RerunPlan & { readonly problems?: undefined };
      readonly details: RunRecords;
      /** As people see it. */
      readonly view: RerunPlanView;
      readonly problems?: undefined;
    }
  | { readonly problems: readonly string[] };

/** Plans a rerun without doing it. */
export async function planRerunOf(
  system: Pick<System, 'ledger' | 'catalog'>,
  id: string,
  how: RerunHow,
): Promise<Planned> {
  const details = await readRunRecords(system, id);
  if (details === undefined) return { problems: [`there is no run ${id}`] };
  const { run } = details;
  if (!hasEnded(run.status)) return { problems: [`${id} has not ended: it is ${run.status}`] };
  const entry = system.catalog.byName(run.pipeline);
  if (entry === undefined) return { problems: [`there is no pipeline ${run.pipeline}`] };
  const plan = planRerun(entry.pipeline, await outcomesOf(system, details), how);
  if (plan.problems !== undefined) return { problems: plan.problems };
  const { run: names, resumes, keep } = plan;
  const kept = Object.entries(keep).map(([name, { status }]) => [name, status]);
  const digest = requestDigest([id, names.toSorted(), resumes.toSorted(), kept.toSorted()]);
  const view = { rerunOf: id, pipeline: run.pipeline, digest, tasks: plannedTasks(plan, details) };
  return { plan, details, view };
}
