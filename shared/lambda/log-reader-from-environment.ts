import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { GlueClient } from '@aws-sdk/client-glue';
import { createLogReader } from '../services/logs/cloudwatch-logs.ts';
import type { System } from '../services/system.ts';
import { limited } from './limited.ts';

export function logReaderFromEnvironment(glue: GlueClient): NonNullable<System['readLog']> {
  return createLogReader({ logs: new CloudWatchLogsClient(limited('logs')), glue });
}
