import { channelTopic } from '../../model/channel.ts';
import { type Digest, logicalId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import type { Resource } from '../template/template.ts';

/** A topic for each channel of e-mail addresses. SNS asks each address to confirm. */
export function topicResources({ stack, channels }: Settings, digest: Digest): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(channels).flatMap(([name, channel]): [string, Resource][] => {
      if (channel.kind !== 'email') return [];
      const Subscription = channel.addresses.map((Endpoint) => ({ Protocol: 'email', Endpoint }));
      const Properties = { TopicName: channelTopic(stack, name), Subscription };
      return [[logicalId('Channel', name, 'Topic', digest), { Type: 'AWS::SNS::Topic', Properties }]];
    }),
  );
}
