import type { Clients } from '../calls/clients.ts';
import type { System } from '../services/system.ts';
import { onUse } from './on-use.ts';

/** Loads the clients of CloudWatch Logs and Glue at the first use. */
export function logReaderOnUse(clients: Clients): NonNullable<System['readLog']> {
  return onUse(async () => (await import('./log-reader-from-environment.ts')).logReaderFromEnvironment(clients));
}
