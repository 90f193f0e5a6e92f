import type { Json } from '../../json.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';

const fourteenDays = 14 * 24 * 60 * 60;

/** The queue for everything that could not be handled, with SQS's longest retention. */
export function deadLetterQueue(): Resource {
  return { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: fourteenDays, SqsManagedSseEnabled: true } };
}

/** A queue whose messages move to another after `attempts` failed receives. */
export function workQueue(options: {
  readonly visibilitySeconds: number;
  readonly attempts: number;
  readonly deadLetters: string;
}): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: {
      MessageRetentionPeriod: fourteenDays,
      // EventBridge cannot use KMS keys that AWS owns; SQS's own encryption works
      SqsManagedSseEnabled: true,
      VisibilityTimeout: options.visibilitySeconds,
      RedrivePolicy: { deadLetterTargetArn: getAtt(options.deadLetters, 'Arn'), maxReceiveCount: options.attempts },
    },
  };
}

/** The logical id of a queue's policy. */
export function queuePolicyId(queue: string): string {
  return `${queue}Policy`;
}

/**
 * Lets EventBridge send to the queue for the given rules only, and refuses requests without TLS. A policy for each
 * queue: SQS documents that a policy must not hold statements about other queues.
 *
 * @param ruleArns made from the rules' names, so that the policy is there before the first rule
 */
export function queuePolicy(queue: string, ruleArns: readonly Json[]): Record<string, Resource> {
  const Resource = getAtt(queue, 'Arn');
  const tlsOnly = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const events = {
    Sid: 'Events',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource,
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArns } },
  };
  const Statement: Json[] = ruleArns.length > 0 ? [tlsOnly, events] : [tlsOnly];
  return {
    [queuePolicyId(queue)]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref(queue)], PolicyDocument: { Version: '2012-10-17', Statement } },
    },
  };
}
