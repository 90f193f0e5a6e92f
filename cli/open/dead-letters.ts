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
import { replay } from '../../shared/use-cases/replay.ts';

/** One line of `dead-letters`. `outcome`: of trying it again. */
export type LetterView = {
  readonly id: string;
  readonly at: number;
  readonly what: string;
  readonly why: string;
  readonly outcome?: string;
};

/** Events that the embedded bus has given up. */
export function openUndelivered(database: DatabaseSync): Pick<DeliveryStore, 'deadLetters' | 'forget'> {
  return openDeliveryStore(database);
}

export function lettersOf(letters: readonly DeadLetter[], undelivered: readonly Undelivered[]): LetterView[] {
  return [...letters.map(letterView), ...undelivered.map(undeliveredView)].sort((one, other) => one.at - other.at);
}

function letterView(letter: DeadLetter): LetterView {
  const what = letter.kind === 'run' ? `run of ${letter.request.pipeline}` : 'message';
  return { id: letter.id, at: letter.at, what, why: letter.problems.join('; ') };
}

function undeliveredView({ id, rule, error, at }: Undelivered): LetterView {
  return { id: `event-${id}`, at, what: `event for ${rule}`, why: error };
}

/** Tries everything again. Whoever hears of an event twice takes it once. */
export async function replayAll(
  system: System,
  undelivered: Pick<DeliveryStore, 'deadLetters' | 'forget'>,
): Promise<LetterView[]> {
  const views: LetterView[] = [];
  for (const letter of await listDeadLetters(system)) {
    const { run, problems } = await replay(system, letter);
    const outcome = problems.length > 0 ? 'dead still' : run === undefined ? 'taken' : `run ${run}`;
    views.push({ ...letterView(letter), why: problems.join('; '), outcome });
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
