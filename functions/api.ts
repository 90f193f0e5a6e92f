import { api } from '../shared/aws/api.ts';
import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readApiRequest } from '../shared/events/api-request.ts';

/** Invoked by an HTTP API: starts, shows and stops runs. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'api', parse: readApiRequest, act: api });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
