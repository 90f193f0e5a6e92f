import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The baseline of `cold-start`: a function with the SDK clients of ours and nothing else. */
export const handler = (): unknown[] => [
  DynamoDBDocumentClient,
  DynamoDBClient,
  EventBridgeClient,
  GlueClient,
  S3Client,
  SFNClient,
];
