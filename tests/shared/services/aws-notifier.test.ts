import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { occasions } from '../../../shared/model/channel.ts';
import { createAwsNotifier } from '../../../shared/services/aws-notifier.ts';

const sns = mockClient(SNSClient);
const events = mockClient(EventBridgeClient);
beforeEach(() => {
  sns.reset();
  events.reset();
});

const message = { title: 'orders – failed', lines: ['why'], log: [], next: [], thread: 'shop-orders' };
const region = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const notify = createAwsNotifier({
  sns: new SNSClient(region),
  events: new EventBridgeClient(region),
  stack: 'shop-prod',
  topicOf: (channel) => `arn:topic:${channel}`,
});

test('a channel of e-mail addresses is notified through the stack’s topic, as text', async () => {
  await notify('oncall', { kind: 'email', addresses: ['a@example.com'], on: occasions }, message);
  expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
    { TopicArn: 'arn:topic:oncall', Subject: 'orders ? failed', Message: 'orders – failed\nwhy' },
  ]);
});

test('half a surrogate pair is replaced, because the SNS client would refuse it', async () => {
  const cut = { ...message, lines: ['\ud83d'] };
  await notify('oncall', { kind: 'email', addresses: ['a@example.com'], on: occasions }, cut);
  const [call] = sns.commandCalls(PublishCommand);
  expect(call?.args[0].input.Message).toBe('orders – failed\n\ufffd');
});

test('a topic of Amazon Q gets a custom notification', async () => {
  await notify('chat', { kind: 'topic', topicArn: 'arn:chat', format: 'amazon-q', on: occasions }, message);
  const [call] = sns.commandCalls(PublishCommand);
  expect(call?.args[0].input.TopicArn).toBe('arn:chat');
  expect(JSON.parse(call?.args[0].input.Message ?? '')).toMatchObject({ version: '1.0', source: 'custom' });
});

test('an event names its stack and channel', async () => {
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  await notify('bus', { kind: 'event', on: occasions }, message);
  const [entry] = events.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
  expect(entry).toMatchObject({ Source: 'gluewright', DetailType: 'Notification' });
  expect(JSON.parse(entry?.Detail ?? '')).toEqual({ stack: 'shop-prod', channel: 'bus', ...message });
});

test('an event that the bus refuses counts as not sent', async () => {
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'busy' }] });
  await expect(notify('bus', { kind: 'event', on: occasions }, message)).rejects.toThrow('busy');
});

test('a command channel sends nothing on AWS', async () => {
  await notify('desk', { kind: 'command', command: ['./notify.sh'], on: occasions }, message);
  expect(sns.calls()).toHaveLength(0);
  expect(events.calls()).toHaveLength(0);
});
