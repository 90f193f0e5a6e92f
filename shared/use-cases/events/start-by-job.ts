import { startOrBury } from '../../actors/start-or-dead-letter.ts';
import { Conflict } from '../../ledger/ledger.ts';
import { watchKey, workKey } from '../../ledger/ledger-keys.ts';
import { sendCall } from '../../services/send-call.ts';
import { failureOf } from '../../services/service-error.ts';
import { type System, stackOf } from '../../services/system.ts';
import { glueJob } from '../../tasks/glue-job/glue-job.ts';
import { jobRuns, seen } from '../../tasks/glue-job/job-run.ts';
import { ownerOf } from '../../tasks/glue-job/job-stamp.ts';
import type { KindName } from '../../tasks/kinds.ts';
import { followersOfJob, watchedJobs } from '../../triggers/followers.ts';

/** `state`: the service's own word. */
export type ForeignWork = {
  readonly kind: KindName;
  readonly name: string;
  readonly id: string;
  readonly state: string;
};

/** Work that Gluewright did not start has ended: starts the pipelines that wait for it, once for each end. */
export async function startByWork(system: System, { kind, name: job, id, state }: ForeignWork): Promise<void> {
  // so far, only Glue jobs are triggers
  if (kind !== glueJob.kind) return;
  const pipelines = system.catalog.pipelines.map(({ pipeline }) => pipeline);
  for (const { pipeline, trigger: name } of followersOfJob(pipelines, job, state)) {
    await startOrBury(system, {
      pipeline,
      cause: `${name}\njob run ${id}`,
      label: `${name}-${id}`,
      trigger: { kind, name, job, jobRunId: id, state },
    });
  }
}

/** Only the newest runs are listed: more cannot have ended since the last look. */
const asked = 50;
/** How far back to look for ends, because Glue may report them late. */
const overlapMilliseconds = 2 * 3_600_000;

/** Glue's events are best effort, and some states have none, so the reconciler asks about watched jobs as well. */
export async function lookAtWatchedJobs(system: System): Promise<void> {
  for (const job of watchedJobs(system.catalog.pipelines.map(({ pipeline }) => pipeline))) {
    try {
      await lookAtJob(system, job);
    } catch (error) {
      system.log({ message: 'job not looked at', job, error: failureOf(error).name });
    }
  }
}

async function lookAtJob(system: System, job: string): Promise<void> {
  const now = system.clock();
  const known = (await system.ledger.get(watchKey(job)))?.value.since;
  // jobs that ended before the watch began do not count
  const since = typeof known === 'number' ? known : now;
  const input = { JobName: job, MaxResults: asked };
  const { JobRuns = [] } = jobRuns.parse(await sendCall(system, { call: 'glue:GetJobRuns', input }));
  for (const run of JobRuns) {
    const { Id: id, CompletedOn } = run;
    if (id === undefined) continue;
    const { state } = seen(run, id);
    if (state.is === 'open' || (CompletedOn?.getTime() ?? now) < since) continue;
    const isOurs = ownerOf(run, stackOf(system)) !== undefined;
    if (isOurs || (await system.ledger.get(workKey(glueJob.kind, id))) !== undefined) continue;
    await startByWork(system, { kind: glueJob.kind, name: job, id, state: state.says });
  }
  // the watch never begins earlier than it first did
  const next = typeof known === 'number' ? Math.max(known, now - overlapMilliseconds) : since;
  if (next === known) return;
  try {
    const expect = known === undefined ? 0 : 'any';
    await system.ledger.write([{ key: watchKey(job), expect, value: { since: next } }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
