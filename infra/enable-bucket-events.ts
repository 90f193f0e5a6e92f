import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** `node infra/enable-bucket-events.ts BUCKET…`: makes existing buckets send their events to EventBridge. */

/** Adds EventBridge to a bucket's notifications. Returns false if the bucket has it already. */
export async function enableBucketEvents(s3: S3Client, bucket: string): Promise<boolean> {
  const { $metadata: _, ...configuration } = await s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket: bucket }),
  );
  if (configuration.EventBridgeConfiguration !== undefined) return false;
  // the call replaces the whole configuration, so keep the existing one
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { ...configuration, EventBridgeConfiguration: {} },
    }),
  );
  return true;
}

if (import.meta.main) {
  const buckets = process.argv.slice(2);
  if (buckets.length === 0) {
    console.error('usage: node infra/enable-bucket-events.ts BUCKET…');
    process.exitCode = 2;
  }
  const s3 = new S3Client({ followRegionRedirects: true });
  for (const bucket of buckets) {
    const changed = await enableBucketEvents(s3, bucket);
    console.log(
      `${bucket}: ${changed ? 'sends its events to EventBridge now' : 'sent its events to EventBridge already'}`,
    );
  }
}
