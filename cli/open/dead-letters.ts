import type { DatabaseSync } from 'node:sqlite';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  type DeliveryStore,
  openDeliveryStore,
  type DeadLetter as Undelivered,
} from '../../local/events/delivery-store.ts';
import type { Event } from '../../local/events/event.ts';
import { type DeadLetter, listDeadLetters } from '../../shared/actors/dead-letters.ts';
import type { System } from '../../shared/services/system.ts';
import { replay, replayedView } from '../../shared/use-cases/replay.ts';
import { letterView } from '../../shared/views/letter-views.ts';
import { isoTime } from '../../shared/views/shapes.ts';
import type { LetterView } from '../../shared/views/trigger-lists.ts';

/** Events that the embedded bus has given up. */
export function openUndelivered(database: DatabaseSync): Pick<DeliveryStore, 'deadLetters' | 'forget'> {
  return openDeliveryStore(database);
}

export function lettersOf(letters: readonly DeadLetter[], undelivered: readonly Undelivered[]): LetterView[] {
  return [...letters.map(letterView), ...undelivered.map(undeliveredView)].sort((one, other) =>
    one.at.localeCompare(other.at),
  );
}

function undeliveredView({ id, rule, error, at }: Undelivered): LetterView {
  return { id: `event-${id}`, at: isoTime(at), kind: 'event', what: `event for ${rule}`, why: error };
}

/** Tries everything again. Whoever hears of an event twice takes it once. */
export async function replayAll(
  system: System,
  undelivered: Pick<DeliveryStore, 'deadLetters' | 'forget'>,
): Promise<LetterView[]> {
  const views: LetterView[] = [];
  for (const letter of await listDeadLetters(system)) {
    views.push(replayedView(letter, await replay(system, letter)));
  }
  for (const letter of undelivered.deadLetters()) {
    const event: Event = JSON.parse(letter.event);
    const entry = { Source: event.source, DetailType: event['detail-type'], Detail: JSON.stringify(event.detail) };
    await system.events?.send(new PutEventsCommand({ Entries: [{ ...entry, Resources: [...event.resources] }] }));
    undelivered.forget(letter.id);
    views.push({ ...undeliveredView(letter), why: '', outcome: 'sent again' });
  }
  return views;
}
