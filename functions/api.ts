import { GlueClient } from '@aws-sdk/client-glue';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { api } from '../shared/api/api.ts';
import { readApiRequest } from '../shared/events/api-request.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { logReaderOnUse } from '../shared/lambda/log-reader-on-use.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import { createSparkUi } from '../shared/services/spark-ui.ts';
import type { System } from '../shared/services/system.ts';

/** Invoked by the HTTP API. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'api', parse: readApiRequest, act: api });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment((system) => {
  const glue = system.clients(GlueClient);
  return createHandler({ ...system, readLog: logReaderOnUse(glue), sparkUi: createSparkUi(glue) });
});
