/** Events as AWS documents them. */
export const jobStateChange = (detail: Record<string, unknown> = {}) => ({
  version: '0',
  id: '6f1b0c3e-2222-4b1d-9d55-0123456789ab',
  'detail-type': 'Glue Job State Change',
  source: 'aws.glue',
  account: '111122223333',
  time: '2026-11-20T04:12:09Z',
  region: 'eu-west-1',
  resources: [],
  detail: {
    jobName: 'orders-curate',
    severity: 'INFO',
    state: 'SUCCEEDED',
    jobRunId: 'jr_3f0c5b8a1d2e4f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd',
    message: 'Job run succeeded',
    ...detail,
  },
});

const execution = 'arn:aws:states:eu-west-1:111122223333:execution:orders-daily:2026-11-20_a1b2';

export const executionStatusChange = (detail: Record<string, unknown> = {}) => ({
  version: '0',
  id: '315c1398-1111-4850-a13b-0123456789ab',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '111122223333',
  time: '2026-11-20T06:42:21Z',
  region: 'eu-west-1',
  resources: [execution],
  detail: {
    executionArn: execution,
    stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:orders-daily',
    name: '2026-11-20_a1b2',
    status: 'FAILED',
    startDate: 1795150846847,
    stopDate: 1795151151881,
    input: '{}',
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: 'REDRIVABLE',
    redriveStatusReason: 'Execution is FAILED and is redrivable',
    error: 'Glue.JobFailed',
    cause: '…',
    ...detail,
  },
});

export const objectCreated = (object: Record<string, unknown> = {}, bucket = 'raw-orders') => ({
  version: '0',
  id: '17793124-1111-4198-afde-0123456789ab',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '111122223333',
  time: '2026-11-20T03:00:00Z',
  region: 'eu-west-1',
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    'event-version': '1.2',
    bucket: { name: bucket },
    object: {
      key: 'dt=2026-11-20/part-0001.parquet',
      size: 52311,
      etag: 'b1946ac92492d2347c6235b4d2611184',
      'version-id': 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
      sequencer: '617f08299329d189',
      ...object,
    },
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: '111122223333',
    'source-ip-address': '192.0.2.1',
    reason: 'PutObject',
  },
});

export const sqsBatch = (bodies: readonly unknown[]) => ({
  Records: bodies.map((body, n) => ({
    messageId: `message-${n}`,
    receiptHandle: 'AQEB…',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795150846847' },
    messageAttributes: {},
    md5OfBody: '…',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:arrivals',
    awsRegion: 'eu-west-1',
  })),
});
