import { readSweep } from '../shared/events/sweep.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { logReaderOnUse } from '../shared/lambda/log-reader-on-use.ts';
import { notifierOnUse } from '../shared/lambda/notifier-on-use.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { reconcile } from '../shared/use-cases/reconciler/reconcile.ts';

/** Invoked by a schedule: finds what lost events did not report. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'reconcile', parse: readSweep, act: reconcile });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment((system) =>
  createHandler({ ...system, readLog: logReaderOnUse(system.clients), notify: notifierOnUse() }),
);
