import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Undelivered, UndeliveredEvent } from '../../shared/services/system.ts';
import type { DeadLetter, DeliveryStore } from './delivery-store.ts';
import type { Event } from './event.ts';

/** The dead letters of the embedded bus, for readers only. */
export function undeliveredEvents(store: Pick<DeliveryStore, 'deadLetters'>): readonly UndeliveredEvent[] {
  return store.deadLetters().map(({ id, rule, error, at }) => ({ id: idOf({ id }), rule, error, at }));
}

export function createUndelivered(
  store: Pick<DeliveryStore, 'deadLetters' | 'forget'>,
  events: EventBridgeClient,
): Undelivered {
  const find = (id: string): DeadLetter | undefined => store.deadLetters().find((letter) => idOf(letter) === id);
  return {
    list: () => undeliveredEvents(store),
    async sendAgain({ id }) {
      const letter = find(id);
      if (letter === undefined) return;
      const event: Event = JSON.parse(letter.event);
      const entry = { Source: event.source, DetailType: event['detail-type'], Detail: JSON.stringify(event.detail) };
      await events.send(new PutEventsCommand({ Entries: [{ ...entry, Resources: [...event.resources] }] }));
      store.forget(letter.id);
    },
    forget({ id }) {
      const letter = find(id);
      if (letter !== undefined) store.forget(letter.id);
    },
  };
}

function idOf({ id }: Pick<DeadLetter, 'id'>): string {
  return `event-${id}`;
}
