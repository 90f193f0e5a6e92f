import type { Json } from '../json.ts';
import { getAtt, type Resource, ref } from './template.ts';

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

/** Lets EventBridge send to the queues, for the rules that do and for no others. */
export function letEventBridgeSend(rulesByQueue: Readonly<Record<string, readonly string[]>>): Resource {
  const used = Object.entries(rulesByQueue).filter(([, rules]) => rules.length > 0);
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: used.map(([queue]) => ref(queue)),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: used.map(
          ([queue, rules]): Json => ({
            Sid: `Events${queue}`,
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: getAtt(queue, 'Arn'),
            Condition: { ArnEquals: { 'aws:SourceArn': rules.map((rule) => getAtt(rule, 'Arn')) } },
          }),
        ),
      },
    },
  };
}
