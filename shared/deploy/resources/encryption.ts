import type { Json } from '../../json.ts';
import { policyDocument } from '../permissions/policy.ts';
import type { Resource, Resources } from '../template/template.ts';

/**
 * Encrypts ledger, queues, topics, buckets and logs with a customer managed key, and grants its use to the roles that need
 * it. The key's own policy must admit EventBridge and CloudWatch Logs: see `docs/deploy.md`.
 */
export function encrypted(resources: Resources, kmsKey: string | undefined): Record<string, Resource> {
  if (kmsKey === undefined) return { ...resources };
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, { ...resource, Properties: withKey(resource, kmsKey) }]),
  );
}

function withKey({ Type, Properties }: Resource, key: string): Resource['Properties'] {
  switch (Type) {
    case 'AWS::DynamoDB::Table':
      return { ...Properties, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key } };
    case 'AWS::SQS::Queue': {
      const { SqsManagedSseEnabled: _, ...rest } = Properties;
      // an hour instead of five minutes, because each new data key is a billed call of KMS
      return { ...rest, KmsMasterKeyId: key, KmsDataKeyReusePeriodSeconds: 3600 };
    }
    case 'AWS::S3::Bucket': {
      const ServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
      const rule = { ServerSideEncryptionByDefault, BucketKeyEnabled: true };
      return { ...Properties, BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } };
    }
    case 'AWS::Logs::LogGroup':
      return { ...Properties, KmsKeyId: key };
    case 'AWS::SNS::Topic':
      return { ...Properties, KmsMasterKeyId: key };
    case 'AWS::IAM::Role':
      return usesData(Properties.AssumeRolePolicyDocument ?? null) ? withPolicy(Properties, key) : Properties;
    default:
      return Properties;
  }
}

/** Functions and jobs read and write data, the scheduler its dead letters. State machines access none of it. */
function usesData(trust: Json): boolean {
  return /"(lambda|glue|scheduler)\.amazonaws\.com"/.test(JSON.stringify(trust));
}

function withPolicy(properties: Resource['Properties'], key: string): Resource['Properties'] {
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const use = { PolicyName: 'key', PolicyDocument: policyDocument([{ sid: 'Key', actions, resources: [key] }]) };
  const others: readonly Json[] = Array.isArray(properties.Policies) ? properties.Policies : [];
  return { ...properties, Policies: [...others, use] };
}
