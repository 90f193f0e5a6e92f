import type { Parts } from './parts.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { outputBucket } from './stack/account.ts';
import { createBatchEnds } from './stack/batch-ends.ts';
import type { Deployable } from './stack/deployment.ts';
import { reconcileNow } from './stack/reconciliation.ts';
import { rules, triggerBuckets } from './stack/rules.ts';
import { startScheduler } from './stack/scheduler.ts';
import { definitionsOf, deployMachines } from './stack/state-machines.ts';

/** Deploys pipelines on the parts of the embedded runtime. */
export function createDeployer(parts: Parts, options: RuntimeOptions) {
  const { stack, names, deployment, now, uuid, timers, bus, s3, engine, system, functions, onSurprise } = parts;
  const { schedules = true } = options;
  const reconcile = () => reconcileNow({ functions, now, uuid, schedules, onSurprise });
  const endBatches = createBatchEnds({ ledger: system.ledger, timers, now, reconcile });
  let stopScheduler = (): void => undefined;

  /** Machines, buckets and rules. */
  async function replace(next: Deployable): Promise<void> {
    const definitions = [...definitionsOf(next.pipelines, names, options.room), ...(next.definitions ?? [])];
    await deployMachines(engine, names, definitions);
    deployment.replace(next);
    const watched = triggerBuckets(next.pipelines);
    for (const bucket of [outputBucket, ...watched]) s3.createBucket(bucket);
    for (const rule of rules(stack, functions, next.pipelines, watched, endBatches)) bus.addRule(rule);
  }

  /** Follows the schedules of these pipelines, and no longer those of the former ones. */
  async function followSchedules({ pipelines }: Deployable): Promise<void> {
    if (!schedules) return;
    const stopFormer = stopScheduler;
    stopScheduler = await startScheduler({ pipelines, functions, system, timers, now, onSurprise });
    // Last, so that a time that falls due meanwhile is reported twice rather than never.
    stopFormer();
  }

  return { replace, followSchedules, endBatches };
}

export type Deployer = ReturnType<typeof createDeployer>;
