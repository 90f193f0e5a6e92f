import type { Resource } from '../template/template.ts';

export const ledgerId = 'Ledger';

/** The ledger; the names of its attributes are those that `shared/ledger/dynamodb-ledger.ts` reads and writes. */
export const ledgerTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  // What has run is not forgotten because a stack was removed.
  DeletionPolicy: 'RetainExceptOnCreate',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
    // Nor by a slip: without it nobody knows which jobs run.
    DeletionProtectionEnabled: true,
  },
};
