import { awsServices } from './aws-services.ts';

/** What IAM asks for, where it has no action of the call's name, or not that one alone. */
export const otherPermissions: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:transactGetItems': ['dynamodb:GetItem'],
  'dynamodb:transactWriteItems': [
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ],
  'lambda:invoke': ['lambda:InvokeFunction'],
  's3:completeMultipartUpload': ['s3:PutObject'],
  's3:copyObject': ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObject', 's3:PutObjectTagging'],
  's3:createMultipartUpload': ['s3:PutObject'],
  's3:deleteBucketCors': ['s3:PutBucketCORS'],
  's3:deleteBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:deleteBucketLifecycle': ['s3:PutLifecycleConfiguration'],
  's3:deleteBucketTagging': ['s3:PutBucketTagging'],
  's3:deleteObjects': ['s3:DeleteObject'],
  's3:getBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:getBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:getBucketNotificationConfiguration': ['s3:GetBucketNotification'],
  's3:headBucket': ['s3:ListBucket'],
  's3:headObject': ['s3:GetObject'],
  's3:listBuckets': ['s3:ListAllMyBuckets'],
  's3:listMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:listObjects': ['s3:ListBucket'],
  's3:listObjectsV2': ['s3:ListBucket'],
  's3:listObjectVersions': ['s3:ListBucketVersions'],
  's3:listParts': ['s3:ListMultipartUploadParts'],
  's3:putBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:putBucketLifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  's3:putBucketNotificationConfiguration': ['s3:PutBucketNotification'],
  's3:selectObjectContent': ['s3:GetObject'],
  's3:uploadPart': ['s3:PutObject'],
  's3:uploadPartCopy': ['s3:GetObject', 's3:PutObject'],
  'sns:publishBatch': ['sns:Publish'],
  'sqs:changeMessageVisibilityBatch': ['sqs:ChangeMessageVisibility'],
  'sqs:deleteMessageBatch': ['sqs:DeleteMessage'],
  'sqs:sendMessageBatch': ['sqs:SendMessage'],
};

/** @param call such as `glue:getTable` */
export function permissionsOf(call: string): readonly string[] {
  if (Object.hasOwn(otherPermissions, call)) return otherPermissions[call] ?? [];
  const [service = '', action = ''] = call.split(':');
  return [`${awsServices.get(service)?.iam ?? service}:${action.charAt(0).toUpperCase()}${action.slice(1)}`];
}
