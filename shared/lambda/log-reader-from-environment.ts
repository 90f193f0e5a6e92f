import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GlueClient } from '@aws-sdk/client-glue';
import type { Clients } from '../calls/clients.ts';
import { createLogReader } from '../services/logs/cloudwatch-logs.ts';
import type { System } from '../services/system.ts';
import { limited } from './limited.ts';

export function logReaderFromEnvironment(clients: Clients): NonNullable<System['readLog']> {
  return createLogReader({ logs: new CloudWatchLogsClient(limited('logs')), glue: clients(GlueClient) });
}
