import type { LambdaHandler } from '../shared/aws/door.ts';
import type { System } from '../shared/aws/system.ts';

export function createHandler(_system: System): LambdaHandler {
  return () => Promise.reject(new Error('reconcile is not there yet'));
}
