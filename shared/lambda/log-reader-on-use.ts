import type { GlueClient } from '@aws-sdk/client-glue';
import type { System } from '../services/system.ts';
import { onUse } from './on-use.ts';

/** Loads the client of CloudWatch Logs at the first use. */
export function logReaderOnUse(glue: GlueClient): NonNullable<System['readLog']> {
  return onUse(async () => (await import('./log-reader-from-environment.ts')).logReaderFromEnvironment(glue));
}
