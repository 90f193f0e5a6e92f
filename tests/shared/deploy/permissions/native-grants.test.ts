import { expect, test } from 'vitest';
import { grantStatements } from '../../../../shared/deploy/permissions/native-grants.ts';

test('the same actions have one statement, and any resource has its own, with its reasons', () => {
  const statements = grantStatements([
    { actions: ['glue:GetTable'], resources: ['catalog', 'table/sales/*'] },
    { actions: ['glue:GetTable'], resources: ['catalog', 'arn:aws:glue:eu-west-1:111122223333:database/sales'] },
    { actions: ['s3:GetObject', 's3:PutObject'], resources: ['s3://acme-lake/in/*'] },
    { actions: ['sts:GetCallerIdentity'], resources: ['*'], reason: 'no resource in IAM' },
  ]);
  const ours = `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}`;
  const named = `arn:\${AWS::Partition}:glue:eu-west-1:111122223333:database/sales`;
  expect(statements).toEqual([
    {
      sid: 'Calls1',
      actions: ['glue:GetTable'],
      resources: [`${ours}:catalog`, `${ours}:table/sales/*`, named].map((text) => ({ 'Fn::Sub': text })),
    },
    {
      sid: 'Calls2',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [{ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::acme-lake/in/*` }],
    },
    { sid: 'Calls3', actions: ['sts:GetCallerIdentity'], resources: ['*'], reason: 'no resource in IAM' },
  ]);
});
