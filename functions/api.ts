import { api } from '../shared/api/api.ts';
import { readApiRequest } from '../shared/events/api-request.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';

/** Invoked by an HTTP API: starts, shows and stops runs. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'api', parse: readApiRequest, act: api });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
