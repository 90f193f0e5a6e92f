import type { Json, JsonObject } from '../../json.ts';
import { type Digest, functionId, ownId, ruleArn, ruleName } from '../template/names.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';
import { queuePolicyId } from './queue.ts';
import type { Subscription } from './subscriptions.ts';

export const deadLetters = 'DeadLetters';

/**
 * A rule, its target with retries and dead letters, the permission to invoke, and a destination for failed
 * invocations: EventBridge is done once Lambda has queued the event, so its own dead letters miss those. The rule is
 * created after the permission and the queue's policy, because earlier events would be lost.
 */
export function ruleResources(subscription: Subscription, stack: string, digest: Digest): Record<string, Resource> {
  const { rule } = subscription;
  const lambda = functionId(subscription.function);
  const scheduled = 'every' in subscription;
  return {
    [ownId(rule, 'Rule')]: {
      Type: 'AWS::Events::Rule',
      DependsOn: [ownId(rule, 'Permission'), ownId(subscription.function, 'Invocations'), queuePolicyId(deadLetters)],
      Properties: {
        Name: ruleName(stack, rule, digest),
        Description: subscription.description,
        State: 'ENABLED',
        ...(scheduled ? { ScheduleExpression: subscription.every } : { EventPattern: subscription.pattern }),
        Targets: [target(getAtt(lambda, 'Arn'), scheduled ? oneMinute : hours(24))],
      },
    },
    [ownId(rule, 'Permission')]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: ref(lambda),
        Principal: 'events.amazonaws.com',
        SourceArn: ruleArn(stack, rule, digest),
        SourceAccount: ref('AWS::AccountId'),
      },
    },
    // a failed sweep is neither repeated nor kept: the next one comes in a minute, and an alarm counts the failures;
    // among the dead letters it would hide those that hold work
    ...(scheduled ? unrepeated(subscription.function) : invocations(subscription.function, 2, hours(6))),
  };
}

/** Retries and failure destination of a function that is invoked asynchronously. */
export function invocations(name: string, retries: number, maximumAge: number): Record<string, Resource> {
  return {
    [ownId(name, 'Invocations')]: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: ref(functionId(name)),
        Qualifier: '$LATEST',
        MaximumRetryAttempts: retries,
        MaximumEventAgeInSeconds: maximumAge,
        DestinationConfig: { OnFailure: { Destination: getAtt(deadLetters, 'Arn') } },
      },
    },
  };
}

function unrepeated(name: string): Record<string, Resource> {
  return {
    [ownId(name, 'Invocations')]: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: ref(functionId(name)),
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: oneMinute,
      },
    },
  };
}

/** `maximumAge` in seconds, 60 to 86,400. */
export function target(targetArn: Json, maximumAge: number): JsonObject {
  return {
    Id: 'target',
    Arn: targetArn,
    RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: maximumAge },
    DeadLetterConfig: { Arn: getAtt(deadLetters, 'Arn') },
  };
}

/** The shortest age that EventBridge and Lambda accept. */
const oneMinute = 60;

export function hours(count: number): number {
  return count * 60 * 60;
}
