import { findDeadLetter, forget, listDeadLetters } from '../../actors/dead-letters.ts';
import type { System, Undelivered, UndeliveredEvent } from '../../services/system.ts';
import { isoTime } from '../../views/shapes.ts';
import { letterView } from '../../views/triggers/letter-views.ts';
import type { LetterList, LetterView } from '../../views/triggers/trigger-lists.ts';
import { replay, replayedView } from './replay.ts';

type Letters = Pick<System, 'ledger'> & { readonly undelivered?: Pick<Undelivered, 'list'> };

export type LettersWanted = { readonly pipeline?: string; readonly limit: number; readonly cursor?: string };

/** All dead letters, and the events that the local bus gave up, the oldest first. */
export async function listLetters(system: Letters, { pipeline, limit, cursor }: LettersWanted): Promise<LetterList> {
  const kept = (await listDeadLetters(system)).filter(
    (letter) => pipeline === undefined || (letter.kind === 'run' && letter.request.pipeline === pipeline),
  );
  const events = pipeline === undefined ? (system.undelivered?.list() ?? []) : [];
  const all = [...kept.map(letterView), ...events.map(undeliveredView)]
    .map((letter) => ({ place: `${letter.at}_${letter.id}`, letter }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .filter(({ place }) => cursor === undefined || place > cursor);
  const page = all.slice(0, limit);
  const last = page.at(-1)?.place;
  return {
    letters: page.map(({ letter }) => letter),
    ...(last === undefined || all.length <= limit ? {} : { next: last }),
  };
}

/** Replays a letter. Undefined: there is no such letter. */
export async function replayLetter(system: System, id: string): Promise<LetterView | undefined> {
  const letter = await findDeadLetter(system, id);
  if (letter !== undefined) return replayedView(letter, await replay(system, letter));
  const event = findEvent(system, id);
  if (event === undefined) return undefined;
  await system.undelivered?.sendAgain(event);
  return { ...undeliveredView(event), why: '', outcome: 'sent again' };
}

/** False: there is no such letter, or it is gone already. */
export async function dropLetter(system: System, id: string): Promise<boolean> {
  const event = findEvent(system, id);
  if (event !== undefined) system.undelivered?.forget(event);
  const known = event !== undefined || (await findDeadLetter(system, id)) !== undefined;
  if (known && event === undefined) await forget(system, id);
  return known;
}

function findEvent({ undelivered }: System, id: string): UndeliveredEvent | undefined {
  return undelivered?.list().find((event) => event.id === id);
}

function undeliveredView({ id, rule, error, at }: UndeliveredEvent): LetterView {
  return { id, at: isoTime(at), kind: 'event', what: `event for ${rule}`, why: error };
}
