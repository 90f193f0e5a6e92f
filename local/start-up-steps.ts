import { catchUpAll } from '../shared/use-cases/reconciler/catch-up.ts';
import type { Deployer } from './deployer.ts';
import type { Parts } from './parts.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { lookForLostStarts, startsUnderWay } from './stack/lost-starts.ts';
import { startReconciliation } from './stack/reconciliation.ts';
import { createSqliteLedger } from './storage/sqlite-ledger.ts';

/** The step's description and its action. */
type StartUpStep = readonly [name: string, act: () => unknown];
type LostStarts = Awaited<ReturnType<typeof startsUnderWay>>;

/** What happens when a runtime opens, in this order. */
export function startUpSteps(parts: Parts, deployer: Deployer, options: RuntimeOptions): readonly StartUpStep[] {
  const { database, home, now, uuid, timers, bus, s3, glue, works, data, engine, system, functions } = parts;
  const { onSurprise, openEndpoint } = parts;
  const { replace, followSchedules, endBatches } = deployer;
  const { schedules = true } = options;
  let lost: LostStarts = [];
  return [
    ['open the endpoint of the jobs', openEndpoint],
    ['deploy machines, buckets and rules', () => replace(options)],
    // Before anything else runs: the earlier process is gone, and nobody holds a lease.
    [
      'list the starts that an earlier process left open',
      async () => {
        lost = await startsUnderWay(createSqliteLedger(database));
      },
    ],
    ['resume executions', () => engine.recover()],
    ['deliver pending events', () => bus.recover()],
    ['adopt running job runs', () => glue.recover()],
    ['resume other work', () => works.recover()],
    ['rerun interrupted crawls and queries', () => data.recover()],
    ['look for the jobs of lost starts', () => lookForLostStarts(system, lost)],
    ['watch the folders of the buckets', () => (home === undefined ? undefined : s3.watch())],
    ['follow schedules', () => followSchedules(options)],
    ['catch up on missed schedules', () => (schedules ? catchUpAll(system) : undefined)],
    [
      'reconcile, now and regularly',
      () => {
        const everySeconds = options.reconcileSeconds ?? 60;
        const { look } = glue;
        return startReconciliation({ functions, timers, now, uuid, everySeconds, schedules, look, onSurprise });
      },
    ],
    ['end batches that are due', () => endBatches()],
  ];
}
