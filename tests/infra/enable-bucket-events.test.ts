import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { enableBucketEvents } from '../../infra/enable-bucket-events.ts';

const QueueConfigurations = [
  { QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:q', Events: ['s3:ObjectCreated:*' as const] },
];

test('EventBridge is added to the bucket’s notifications', async () => {
  const client = new S3Client({});
  const s3 = mockClient(client);
  s3.on(GetBucketNotificationConfigurationCommand).resolves({ QueueConfigurations });
  s3.on(PutBucketNotificationConfigurationCommand).resolves({});
  expect(await enableBucketEvents(client, 'landing')).toBe(true);
  expect(s3.commandCalls(PutBucketNotificationConfigurationCommand)[0]?.args[0].input).toEqual({
    Bucket: 'landing',
    NotificationConfiguration: { QueueConfigurations, EventBridgeConfiguration: {} },
  });
});

test('a bucket that already sends its events is not changed', async () => {
  const client = new S3Client({});
  const s3 = mockClient(client);
  s3.on(GetBucketNotificationConfigurationCommand).resolves({ QueueConfigurations, EventBridgeConfiguration: {} });
  expect(await enableBucketEvents(client, 'landing')).toBe(false);
  expect(s3.commandCalls(PutBucketNotificationConfigurationCommand)).toEqual([]);
});
