import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { domainSource } from '../events/domain-source.ts';
import { asAmazonQ, asText, type Message } from '../notices/message.ts';
import type { System } from './system.ts';

export type AwsNotifierOptions = {
  readonly sns: SNSClient;
  readonly events: EventBridgeClient;
  readonly stack: string;
  /** The topic that the stack made for a channel. */
  readonly topicOf: (channel: string) => string;
};

export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** Sends notifications by SNS and EventBridge. */
export function createAwsNotifier({ sns, events, stack, topicOf }: AwsNotifierOptions): NonNullable<System['notify']> {
  const publish = (TopicArn: string, { title }: Message, text: string) =>
    // SNS's client refuses half of a character, which a cut may leave
    sns.send(new PublishCommand({ TopicArn, Subject: subject(title), Message: text.toWellFormed() }));
  return async (channel, to, message) => {
    if (to.kind === 'email') await publish(topicOf(channel), message, asText(message));
    if (to.kind === 'topic') {
      await publish(to.topicArn, message, to.format === 'text' ? asText(message) : asAmazonQ(message));
    }
    if (to.kind === 'event') {
      const Detail = JSON.stringify({ stack, channel, ...message });
      const entry = { Source: domainSource, DetailType: 'Notification', Detail };
      const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount) throw new NotTaken(Entries?.[0]?.ErrorMessage ?? 'the bus did not take the event');
    }
  };
}

/** SNS takes a line of up to 99 ASCII characters, as e-mail does. */
function subject(title: string): string {
  return title.replaceAll(/[^\x20-\x7e]+/g, '?').slice(0, 99);
}
