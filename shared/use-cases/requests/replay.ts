import { type DeadLetter, forget } from '../../actors/dead-letters.ts';
import { startRun } from '../../actors/start-run.ts';
import { readObjectCreated } from '../../events/object-created.ts';
import { UnreadableEvent } from '../../events/read-event.ts';
import type { System } from '../../services/system.ts';
import { letterView } from '../../views/triggers/letter-views.ts';
import type { LetterView } from '../../views/triggers/trigger-lists.ts';
import { onObjects } from '../events/on-objects.ts';

/** `run`: the run that was started, if the letter requested one. */
export type Replayed =
  | { readonly is: 'taken'; readonly run?: string }
  | { readonly is: 'refused'; readonly problems: readonly string[] };

/** Replays a dead letter, and drops it if that succeeds. */
export async function replay(system: System, letter: DeadLetter): Promise<Replayed> {
  const replayed = letter.kind === 'run' ? await startAgain(system, letter) : await takeAgain(system, letter.body);
  if (replayed.is === 'taken') await forget(system, letter.id);
  return replayed;
}

/** A letter and the result of replaying it. */
export function replayedView(letter: DeadLetter, replayed: Replayed): LetterView {
  const view = letterView(letter);
  if (replayed.is === 'refused') return { ...view, why: replayed.problems.join('; '), outcome: 'still failing' };
  return { ...view, why: '', outcome: replayed.run === undefined ? 'taken' : `run ${replayed.run}` };
}

async function startAgain(system: System, { request }: Extract<DeadLetter, { kind: 'run' }>): Promise<Replayed> {
  const answer = await startRun(system, request);
  return answer.is === 'run' ? { is: 'taken', run: answer.run.id } : answer;
}

async function takeAgain(system: System, body: unknown): Promise<Replayed> {
  try {
    readObjectCreated(body);
  } catch (error) {
    if (error instanceof UnreadableEvent) return { is: 'refused', problems: [error.message] };
    throw error;
  }
  const { batchItemFailures } = await onObjects(system, [{ messageId: 'dead letter', body }]);
  if (batchItemFailures.length === 0) return { is: 'taken' };
  return { is: 'refused', problems: ['it could not be processed; try again'] };
}
