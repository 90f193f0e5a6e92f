import type { Resource } from '../template/template.ts';

export const ledgerId = 'Ledger';

/** The ledger. `shared/ledger/dynamodb-ledger.ts` uses the same attribute names. */
export const ledgerTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  // the history of runs outlives the stack
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
    // `infra/protect-ledger.ts` protects it from deletion after the deployment
  },
};
