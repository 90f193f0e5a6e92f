import type { JobRun } from '@aws-sdk/client-glue';
import { publishDatasets } from '../actors/publish-datasets.ts';
import { settleAfterLast } from '../actors/run-actor.ts';
import { signalTask, startWaiting, type TaskRef } from '../actors/task-actor.ts';
import { jobOutcome } from '../events/job-outcome.ts';
import type { JobStateChange } from '../events/job-state-change.ts';
import { jobRunKey, queuePartition } from '../ledger/ledger-keys.ts';
import { getJobRun, stampOf, timesOf } from '../services/glue.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { startByJob } from './start-by-job.ts';

/** A job run has ended: the attempt that waits for it goes on, and whoever waits for the job's room is let in. */
export async function onJobState(system: System, change: JobStateChange): Promise<void> {
  const { jobName, jobRunId, state } = change;
  if (jobOutcome(state) === 'open') {
    system.log({ message: 'job state ignored', job: jobName, jobRunId, state });
    return;
  }
  const run = await ask(system, change);
  const owner = await ownerOf(system, jobRunId, run);
  const subject = owner === undefined ? {} : { run: owner.run, task: owner.task, attempt: owner.attempt };
  system.log({
    message: owner === undefined ? 'foreign job ended' : 'job ended',
    job: jobName,
    jobRunId,
    state,
    ...subject,
  });
  if (owner !== undefined) await tell(system, owner, change, run);
  // one that cannot be asked about may be ours; the reconciler asks again
  else if (run !== undefined) await startByJob(system, change);
  await admitNext(system, jobName);
}

type Owner = TaskRef & { readonly attempt: number };

/** The event says neither whose the run is nor why it failed. Where Glue does not answer, the event has to do. */
async function ask(system: System, { jobName, jobRunId }: JobStateChange): Promise<JobRun | undefined> {
  try {
    return await getJobRun(system.glue, jobName, jobRunId);
  } catch (error) {
    system.log({ message: 'job run not read', job: jobName, jobRunId, error: failureOf(error).name });
    return undefined;
  }
}

/** By our own record of it, or by its stamp when the event was faster than that. */
async function ownerOf(system: System, jobRunId: string, run: JobRun | undefined): Promise<Owner | undefined> {
  const known = (await system.ledger.get(jobRunKey(jobRunId)))?.value;
  if (typeof known?.run === 'string' && typeof known.task === 'string' && typeof known.attempt === 'number') {
    return { run: known.run, task: known.task, attempt: known.attempt };
  }
  const stamp = run === undefined ? undefined : stampOf(run);
  return stamp?.stack === system.stack ? stamp : undefined;
}

async function tell(system: System, owner: Owner, change: JobStateChange, run: JobRun | undefined): Promise<void> {
  const message = run?.ErrorMessage ?? change.message;
  const task = await signalTask(system, owner, {
    is: 'job',
    attempt: owner.attempt,
    job: change.jobName,
    jobRunId: change.jobRunId,
    // the API may lag behind the event: which state it is, the event says
    state: change.state,
    ...(run === undefined ? {} : { times: timesOf(run) }),
    ...(message === undefined ? {} : { message }),
  });
  if (task?.attempt.number === owner.attempt && task.attempt.work.job !== change.jobName) {
    system.log({ message: 'stamp of another job', level: 'warning', job: change.jobName, ...owner });
  }
  await publishDatasets(system, task);
  // the last thing that a stopped run waited for, perhaps
  if (task?.stopped) await settleAfterLast(system, owner.run);
}

/**
 * Anybody's run of the job that ends makes room, for the one that has waited longest. Where many end together another end
 * may have let that one in, or its run may be over: then for the one behind it.
 */
async function admitNext(system: System, job: string): Promise<void> {
  let from: string | undefined;
  for (;;) {
    const options = { limit: 1, ...(from === undefined ? {} : { from }) };
    const [head] = (await system.ledger.list(queuePartition(job), options)).items;
    if (head === undefined) return;
    from = head.key.sort;
    const { run, task } = head.value;
    if (typeof run === 'string' && typeof task === 'string' && (await startWaiting(system, { run, task }))) return;
  }
}
