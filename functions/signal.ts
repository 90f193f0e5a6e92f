import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import { readSignalCall } from '../shared/protocol/read-call.ts';
import type { System } from '../shared/services/system.ts';
import { signal } from '../shared/use-cases/events/signal.ts';

/** Invoked by the state machine: reports outcomes that other branches wait for. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'signal', parse: readSignalCall, act: signal, retried: true });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
