import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { channelTopic } from '../model/channel.ts';
import { createAwsNotifier } from '../services/aws-notifier.ts';
import type { System } from '../services/system.ts';
import { type Environment, MissingSetting } from './environment.ts';
import { limited } from './limited.ts';

/** Notifies people by the topics that the stack made for its channels. @throws {MissingSetting} */
export function notifierFromEnvironment(environment: Environment): NonNullable<System['notify']> {
  const { GLUEWRIGHT_STACK: stack, GLUEWRIGHT_STATE_MACHINES: machines } = environment;
  if (stack === undefined || machines === undefined) throw new MissingSetting('GLUEWRIGHT_STATE_MACHINES');
  const topics = machines.replace(':states:', ':sns:').replace(/stateMachine:$/, '');
  return createAwsNotifier({
    sns: new SNSClient(limited('notifications')),
    events: new EventBridgeClient(limited('notifications')),
    stack,
    topicOf: (channel) => topics + channelTopic(stack, channel),
  });
}
