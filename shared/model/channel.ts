/** What people are notified of. `approval`: a task waits for a decision. */
export const occasions = ['failed', 'late', 'recovered', 'approval'] as const;
export type Occasion = (typeof occasions)[number];

/** Where notifications go, and of what. */
export type Channel = Destination & { readonly on: readonly Occasion[] };

export type Destination =
  /** The stack makes a topic with these subscribers. */
  | { readonly kind: 'email'; readonly addresses: readonly string[] }
  /** `amazon-q`: JSON that Amazon Q Developer shows in Slack and Microsoft Teams. */
  | { readonly kind: 'topic'; readonly topicArn: string; readonly format: 'text' | 'amazon-q' }
  /** An event of the type `Notification` on the default bus. */
  | { readonly kind: 'event' }
  /** Locally, a program that gets the notification as JSON on its standard input. On AWS, nothing. */
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** A project's channels by their names. */
export type Channels = Readonly<Record<string, Channel>>;

/** A pipeline's choice: channels, and of what each is notified. `true`: of what the channel's own `on` says. */
export type Notify = Readonly<Record<string, readonly Occasion[] | true>>;

/** The channels that are notified of an occasion. @param notify absent: all channels, by their own `on` */
export function channelsFor(channels: Channels, notify: Notify | undefined, occasion: Occasion): string[] {
  return Object.entries(channels).flatMap(([name, { on }]) => {
    const chosen = notify === undefined ? true : notify[name];
    const wanted = chosen === true ? on : (chosen ?? []);
    return wanted.includes(occasion) ? [name] : [];
  });
}

/** The name of the topic that the stack makes for a channel of e-mail addresses. */
export function channelTopic(stack: string, channel: string): string {
  return `${stack}-notify-${channel}`;
}
