import { createHash } from 'node:crypto';
import type { Answer } from './stub-player.ts';

/**
 * A service's answer when work is submitted, before the stub's outcome. The recordings have it only in the history, so
 * it is made from the call, as the service does.
 */
export function submissionAnswer(resource: string, given: unknown, answer: Answer): unknown {
  if (resource.includes(':sqs:sendMessage')) {
    const body = { MD5OfMessageBody: md5(JSON.stringify(given)), MessageId: id };
    return { ...body, ...metadata(JSON.stringify(body).length, 'application/x-amz-json-1.0') };
  }
  if (resource.includes(':sns:publish')) return { MessageId: id, ...metadata(snsPage.length, 'text/xml') };
  if (!resource.includes(':states:startExecution')) return {};
  const ExecutionArn = executionArn(given, answer);
  const startDate = 1.767_323_045_678e9;
  const length = JSON.stringify({ executionArn: ExecutionArn, startDate }).replace(
    '1767323045.678',
    '1.767323045678E9',
  ).length;
  return { ExecutionArn, ...metadata(length, 'application/x-amz-json-1.0'), StartDate: startDate * 1000 };
}

const id = '00000000-0000-4000-8000-0000000000ff';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const snsPage = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <PublishResult>
    <MessageId>${id}</MessageId>
  </PublishResult>
  <ResponseMetadata>
    <RequestId>${id}</RequestId>
  </ResponseMetadata>
</PublishResponse>
`;

function metadata(length: number, type: string) {
  const common = { connection: 'keep-alive', 'Content-Length': String(length), Date: date, 'Content-Type': type };
  const all = Object.entries({ 'x-amzn-RequestId': id, ...common }).map(([name, value]) => [name, [value]]);
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { ...Object.fromEntries(all), Date: date }, // the corpus has a date in place of the list
      HttpHeaders: { ...common, 'x-amzn-RequestId': id },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: id },
  };
}

const date = '2026-01-02T03:04:05Z';

function executionArn(given: unknown, answer: Answer): string {
  const text = (owner: unknown, name: string): string => {
    const value: unknown = typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const known = 'return' in answer ? text(answer.return, 'ExecutionArn') : '';
  if (known.startsWith('arn:aws:')) return known;
  return `${text(given, 'StateMachineArn').replace(':stateMachine:', ':execution:')}:${text(given, 'Name') || id}`;
}
