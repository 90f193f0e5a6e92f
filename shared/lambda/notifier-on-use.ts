import type { System } from '../services/system.ts';
import { onUse } from './on-use.ts';

/** Loads the client of SNS at the first use. */
export function notifierOnUse(): NonNullable<System['notify']> {
  return onUse(async () => (await import('./notifier-from-environment.ts')).notifierFromEnvironment(process.env));
}
