import * as z from 'zod/mini';
import { mapValues } from '../../json.ts';
import { type Channel, type Channels, occasions } from '../../model/channel.ts';

const name = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, 'a name of up to 32 letters, digits and -'));
const on = z.optional(
  z
    .array(z.enum(occasions, { error: `one of ${occasions.join(', ')}` }), 'a list')
    .check(z.minLength(1, 'one or more')),
);
const address = z.string('an e-mail address').check(z.regex(/^[^@\s]+@[^@\s]+$/, 'an e-mail address'));

const channel = z.union(
  [
    z.strictObject({ email: z.array(address).check(z.minLength(1)), on }),
    z.strictObject({
      topic: z.string().check(z.regex(/^arn:[^:]+:sns:/)),
      format: z.optional(z.enum(['text', 'amazon-q'])),
      on,
    }),
    z.strictObject({ event: z.literal(true), on }),
    z.strictObject({ command: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)), on }),
  ],
  {
    error:
      '{email: [addresses]}, {topic: ARN of an SNS topic, format: text or amazon-q}, {event: true} or {command: [program, arguments]}, ' +
      `each with on: [some of ${occasions.join(', ')}] where not all are wanted`,
  },
);

/** All of them are read by each sweep that has something to say. */
const mostChannels = 10;

/** `notify` of `serverless.yml`. */
export const channelSettings = z
  .record(name, channel, { error: 'channels by their names, such as oncall: {email: [a@example.com]}' })
  .check(z.refine((channels) => Object.keys(channels).length <= mostChannels, `at most ${mostChannels} channels`));

export function readChannels(settings: z.output<typeof channelSettings> = {}): Channels {
  return mapValues(settings, toChannel);
}

function toChannel(written: z.output<typeof channel>): Channel {
  const on = written.on ?? occasions;
  if ('email' in written) return { kind: 'email', addresses: written.email, on };
  if ('topic' in written) return { kind: 'topic', topicArn: written.topic, format: written.format ?? 'text', on };
  if ('command' in written) return { kind: 'command', command: written.command, on };
  return { kind: 'event', on };
}
