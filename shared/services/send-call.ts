import { sendTo } from '../calls/calls.ts';
import { isOwn, type WorkCall } from '../calls/own-call.ts';
import type { System } from './system.ts';

/** Sends a call of a task kind. @throws the service's error: see `failureOf` */
export async function sendCall(
  { clients, ownRuns }: Pick<System, 'clients' | 'ownRuns'>,
  call: WorkCall,
): Promise<unknown> {
  if (!isOwn(call)) return sendTo(clients, call);
  if (ownRuns === undefined) throw new NotHere(`${call.call} is sent from elsewhere`);
  return ownRuns(call);
}

/** Whoever looks next is somebody else. */
class NotHere extends Error {
  override readonly name = 'NotHere';
}
