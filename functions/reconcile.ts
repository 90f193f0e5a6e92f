import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { SNSClient } from '@aws-sdk/client-sns';
import { withOwnRuns } from '../shared/actors/own-runs.ts';
import { readSweep } from '../shared/events/sweep.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment, limited, topicArns } from '../shared/lambda/system-from-environment.ts';
import { createAwsNotifier } from '../shared/services/aws-notifier.ts';
import { createLogReader } from '../shared/services/cloudwatch-logs.ts';
import type { System } from '../shared/services/system.ts';
import { reconcile } from '../shared/use-cases/reconciler/reconcile.ts';

/** Invoked by a schedule: finds what lost events did not report. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'reconcile', parse: readSweep, act: reconcile });
}

export const handler: LambdaHandler = fromEnvironment((system) => {
  const logs = new CloudWatchLogsClient(limited('logs'));
  const { stack } = system;
  const notify = createAwsNotifier({
    sns: new SNSClient(limited('notifications')),
    events: new EventBridgeClient(limited('notifications')),
    stack,
    topicOf: topicArns(process.env),
  });
  return createHandler({ ...system, readLog: createLogReader({ logs, glue: system.clients(GlueClient) }), notify });
});
