/** What a service's answer looks like, as far as a mock of it is held to it. */
export type Shape =
  | { readonly type: 'string'; readonly values?: readonly string[]; readonly min?: number }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'list'; readonly of: Shape }
  | {
      readonly type: 'structure';
      readonly members: { readonly [name: string]: Shape };
      readonly required?: readonly string[];
    };

const text: Shape = { type: 'string' };
const number: Shape = { type: 'number' };
const structure = (members: { readonly [name: string]: Shape }, required: readonly string[] = []): Shape => ({
  type: 'structure',
  members,
  required,
});

/** Step Functions gives dates as text. */
const startExecution = structure({ ExecutionArn: text, StartDate: text }, ['ExecutionArn', 'StartDate']);
const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'OUTPOSTS',
  'GLACIER_IR',
  'SNOW',
  'EXPRESS_ONEZONE',
  'FSX_OPENZFS',
];

/**
 * By resource. The service models, which AWS takes these from, do not ship with the SDK: here stand the integrations
 * that recordings speak of; the mocks of all others are taken as they are.
 */
export const resultShapes: { readonly [resource: string]: Shape } = {
  'events:putEvents': structure({
    Entries: { type: 'list', of: structure({ EventId: text, ErrorCode: text, ErrorMessage: text }) },
    FailedEntryCount: number,
  }),
  'lambda:invoke': structure({ ExecutedVersion: text, FunctionError: text, LogResult: text, StatusCode: number }),
  'sqs:sendMessage': structure({
    MD5OfMessageAttributes: text,
    MD5OfMessageBody: text,
    MD5OfMessageSystemAttributes: text,
    MessageId: text,
    SequenceNumber: text,
  }),
  'sns:publish': structure({ MessageId: text, SequenceNumber: text }),
  'states:startExecution': startExecution,
  'aws-sdk:sfn:startExecution': startExecution,
  'aws-sdk:s3:getObject': structure({
    AcceptRanges: text,
    Body: text,
    ContentLength: number,
    ContentType: text,
    ETag: text,
    LastModified: text,
    StorageClass: { type: 'string', values: storageClasses },
  }),
  'aws-sdk:kms:encrypt': structure({ CiphertextBlob: { type: 'string', min: 1 }, KeyId: text }),
  'aws-sdk:lambda:getFunction': structure({
    Configuration: structure({
      FunctionName: text,
      FunctionArn: text,
      MemorySize: { type: 'number', min: 128, max: 10_240 },
      Timeout: { type: 'number', min: 1 },
    }),
  }),
};
