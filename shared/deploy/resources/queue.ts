import type { Json } from '../../json.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';

const fourteenDays = 14 * 24 * 60 * 60;

/** Where everything ends that could not be handled. The longest retention that SQS has. */
export function deadLetterQueue(): Resource {
  return { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: fourteenDays, SqsManagedSseEnabled: true } };
}

/** A queue that another one's messages move to after `attempts` failed receives. */
export function workQueue(options: {
  readonly visibilitySeconds: number;
  readonly attempts: number;
  readonly deadLetters: string;
}): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: {
      MessageRetentionPeriod: fourteenDays,
      // EventBridge cannot use a key that AWS owns in KMS; the queue service's own encryption works.
      SqsManagedSseEnabled: true,
      VisibilityTimeout: options.visibilitySeconds,
      RedrivePolicy: { deadLetterTargetArn: getAtt(options.deadLetters, 'Arn'), maxReceiveCount: options.attempts },
    },
  };
}

/**
 * Lets EventBridge send to the queues, for the rules that do and for no others, and nobody without TLS.
 *
 * @param rulesByQueue all queues, also those that no rule sends to
 */
export function queuesPolicy(rulesByQueue: Readonly<Record<string, readonly string[]>>): Resource {
  const queues = Object.entries(rulesByQueue);
  const statements = queues.flatMap(([queue, rules]): Json[] => {
    const Resource = getAtt(queue, 'Arn');
    const tlsOnly = {
      Sid: `TlsOnly${queue}`,
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const events = {
      Sid: `Events${queue}`,
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource,
      Condition: { ArnEquals: { 'aws:SourceArn': rules.map((rule) => getAtt(rule, 'Arn')) } },
    };
    return rules.length > 0 ? [tlsOnly, events] : [tlsOnly];
  });
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: queues.map(([queue]) => ref(queue)),
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
    },
  };
}
