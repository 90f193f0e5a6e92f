import { type CallName, type ServiceCall, sendTo } from '../calls/calls.ts';
import type { System } from './system.ts';

/**
 * Sends what a kind of task wants sent.
 *
 * @throws whatever the service answers with: `failureOf` says what it means
 */
export function sendCall<Name extends CallName>(
  { clients }: Pick<System, 'clients'>,
  call: ServiceCall<Name>,
): Promise<unknown> {
  return sendTo(clients, call);
}
