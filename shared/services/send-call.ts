import { type CallName, type ServiceCall, sendTo } from '../calls/calls.ts';
import type { System } from './system.ts';

/** Sends a call of a task kind. @throws the service's error: see `failureOf` */
export function sendCall<Name extends CallName>(
  { clients }: Pick<System, 'clients'>,
  call: ServiceCall<Name>,
): Promise<unknown> {
  return sendTo(clients, call);
}
