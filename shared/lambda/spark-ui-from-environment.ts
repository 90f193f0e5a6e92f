import { GlueClient } from '@aws-sdk/client-glue';
import type { Clients } from '../calls/clients.ts';
import { createSparkUi } from '../services/spark-ui.ts';
import type { System } from '../services/system.ts';

export function sparkUiFromEnvironment(clients: Clients): NonNullable<System['sparkUi']> {
  return createSparkUi(clients(GlueClient));
}
