import type { Clients } from '../calls/clients.ts';
import type { System } from '../services/system.ts';
import { onUse } from './on-use.ts';

/** Loads the client of Glue at the first use. */
export function sparkUiOnUse(clients: Clients): NonNullable<System['sparkUi']> {
  return onUse(async () => (await import('./spark-ui-from-environment.ts')).sparkUiFromEnvironment(clients));
}
