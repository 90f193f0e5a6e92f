import type { Json } from '../../json.ts';
import { type Digest, logicalId } from '../template/names.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';

export const outputsBucket = 'Outputs';

/** An output is read at its job's end and kept in the ledger. The object remains for people. */
const outputDays = 90;

/** The parts of an upload that nobody finished are billed, and no listing shows them. */
const abortUploads = {
  Id: 'abort-uploads',
  Status: 'Enabled',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

/** Where jobs write their outputs for `$tasks.NAME.output`. */
export function outputsResources(): Record<string, Resource> {
  return bucketResources(outputsBucket, {
    LifecycleConfiguration: {
      Rules: [{ Id: 'expire', Status: 'Enabled', ExpirationInDays: outputDays }, abortUploads],
    },
  });
}

/** A bucket that the stack makes for its pipelines. `watched`: some trigger waits for its objects. */
export function ownedBucketResources(
  alias: string,
  bucket: { readonly name: string; readonly watched: boolean },
  digest: Digest,
): Record<string, Resource> {
  return bucketResources(logicalId('Data', alias, 'Bucket', digest), {
    BucketName: bucket.name,
    LifecycleConfiguration: { Rules: [abortUploads] },
    ...(bucket.watched && {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    }),
  });
}

/** Private, encrypted, TLS only. Its objects outlive the stack. */
function bucketResources(id: string, properties: { readonly [name: string]: Json }): Record<string, Resource> {
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ...properties,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    },
    [`${id}Policy`]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref(id),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'TlsOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [getAtt(id, 'Arn'), { 'Fn::Sub': `\${${id}.Arn}/*` }],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
  };
}
