import { api } from '../shared/api/api.ts';
import { readApiRequest } from '../shared/events/api-request.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { logReaderOnUse } from '../shared/lambda/log-reader-on-use.ts';
import { sparkUiOnUse } from '../shared/lambda/spark-ui-on-use.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';

/** Invoked by the HTTP API. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'api', parse: readApiRequest, act: api });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment((system) =>
  createHandler({ ...system, readLog: logReaderOnUse(system.clients), sparkUi: sparkUiOnUse(system.clients) }),
);
