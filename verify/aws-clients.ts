import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';

export type AwsClients = {
  readonly glue: GlueClient;
  /** Does not retry. */
  readonly once: GlueClient;
  readonly sfn: SFNClient;
  readonly events: EventBridgeClient;
  readonly s3: S3Client;
  readonly metrics: CloudWatchClient;
};

/** Takes credentials as the SDK finds them: environment, profile, role. */
export function createAwsClients(region: string): AwsClients {
  return {
    glue: new GlueClient({ region, maxAttempts: 6 }),
    once: new GlueClient({ region, maxAttempts: 1 }),
    sfn: new SFNClient({ region, maxAttempts: 6 }),
    events: new EventBridgeClient({ region }),
    s3: new S3Client({ region }),
    metrics: new CloudWatchClient({ region }),
  };
}
